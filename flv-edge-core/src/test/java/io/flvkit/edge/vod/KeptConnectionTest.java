package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Connections to origins serve one request after the other. */
class KeptConnectionTest {
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n%s\r\nok";

  @Test
  void requests_one_after_the_other_share_a_connection() {
    try (FileOrigin origin = new FileOrigin(10_000);
        VodServer edge = VodServer.ofOrigins(origin.url())) {
      for (int i = 0; i < 5; i++) {
        assertThat(edge.get("a.flv").body()).isEqualTo(origin.content());
      }

      assertThat(origin.connections()).isEqualTo(1);
    }
  }

  @Test
  void an_answer_that_says_close_is_the_last_of_its_connection() {
    try (ScriptedOrigin origin = new ScriptedOrigin("Connection: close\r\n", false);
        VodServer edge = VodServer.ofOrigins(origin.url())) {
      assertThat(edge.get("a.flv").body()).asString().isEqualTo("ok");
      assertThat(edge.get("a.flv").body()).asString().isEqualTo("ok");

      assertThat(origin.requests()).containsExactly("1:1", "2:1");
    }
  }

  @Test
  void a_request_that_comes_as_the_origin_closes_is_made_again() {
    try (ScriptedOrigin origin = new ScriptedOrigin("", true);
        VodServer edge = VodServer.ofOrigins(origin.url())) {
      assertThat(edge.get("a.flv").body()).asString().isEqualTo("ok");
      assertThat(edge.get("a.flv").body()).asString().isEqualTo("ok");

      assertThat(origin.requests()).containsExactly("1:1", "1:2", "2:1");
    }
  }

  /** Serves its connections one by one and notes requests as connection:request. */
  private static final class ScriptedOrigin implements AutoCloseable {
    private final ServerSocket listener;
    private final String field;
    private final boolean closesAtSecond;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    ScriptedOrigin(String field, boolean closesAtSecond) {
      this.field = field;
      this.closesAtSecond = closesAtSecond;
      try {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      Thread thread = new Thread(this::accept, "scripted-origin");
      thread.setDaemon(true);
      thread.start();
    }

    String url() {
      return "http://127.0.0.1:" + listener.getLocalPort() + "/files/";
    }

    List<String> requests() {
      return requests;
    }

    private void accept() {
      for (int connection = 1; !listener.isClosed(); connection++) {
        try (Socket socket = listener.accept()) {
          serve(socket, connection);
        } catch (IOException e) {
          requests.add("ended");
        }
      }
    }

    private void serve(Socket socket, int connection) throws IOException {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      for (int request = 1; lines.readLine() != null; request++) {
        while (!"".equals(lines.readLine())) {}
        requests.add(connection + ":" + request);
        if (request == 2 && closesAtSecond) {
          return;
        }
        socket.getOutputStream().write(ANSWER.formatted(field).getBytes(StandardCharsets.US_ASCII));
        if (!field.isEmpty()) {
          return;
        }
      }
    }

    @Override
    public void close() {
      try {
        listener.close();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
