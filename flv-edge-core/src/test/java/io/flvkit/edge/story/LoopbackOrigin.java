package io.flvkit.edge.story;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An origin on loopback that does what the test scripts, a thread a connection. */
final class LoopbackOrigin implements AutoCloseable {
  /** Answers one request; the connection closes when it returns. */
  @FunctionalInterface
  interface Script {
    void play(Answer answer) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Script script;

  private LoopbackOrigin(Script script) throws IOException {
    this.script = script;
    this.server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    start(this::acceptAll);
  }

  static LoopbackOrigin playing(Script script) throws IOException {
    return new LoopbackOrigin(script);
  }

  void nowPlays(Script next) {
    script = next;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/live/";
  }

  /** The request heads so far. */
  List<String> requests() {
    return requests;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "test-origin");
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      closed.countDown();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      StringBuilder head = new StringBuilder();
      for (String line = reader.readLine();
          line != null && !line.isEmpty();
          line = reader.readLine()) {
        head.append(line).append('\n');
      }
      requests.add(head.toString());
      script.play(new Answer(socket, socket.getOutputStream(), closed));
    } catch (IOException | InterruptedException e) {
      // The edge closed first, or the test is over.
      open.remove(socket);
    }
  }

  /** Breaks every connection and refuses new ones. */
  void vanishes() throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    server.close();
    closed.countDown();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** One answer of the origin. */
  record Answer(Socket socket, OutputStream out, CountDownLatch closed) {
    void head(String... lines) throws IOException {
      text(String.join("\r\n", lines) + "\r\n\r\n");
    }

    void flvHead() throws IOException {
      head("HTTP/1.1 200 OK", "Content-Type: video/x-flv", "Transfer-Encoding: chunked");
    }

    void text(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    void chunk(byte[] bytes) throws IOException {
      text(Integer.toHexString(bytes.length) + "\r\n");
      out.write(bytes);
      text("\r\n");
    }

    void lastChunk() throws IOException {
      text("0\r\n\r\n");
    }

    /** Keeps the connection open until the test is over. */
    void linger() throws InterruptedException {
      if (!closed.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("a test takes a minute");
      }
    }

    void breaksOff() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
