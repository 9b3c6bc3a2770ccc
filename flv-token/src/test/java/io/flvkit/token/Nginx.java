package io.flvkit.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real nginx with {@code secure_link} on a loopback port; its hosts are its modes. */
final class Nginx implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Optional<Path> program() {
    return List.of(
            "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx")
        .stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Nginx start(Path program, Path directory, String secret) throws IOException {
    int port = freePort();
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(configuration, configuration(directory, port, secret), UTF_8);
    Process process =
        new ProcessBuilder(
                program.toString(), "-p", directory.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.log").toFile())
            .start();
    Nginx nginx = new Nginx(process, port);
    nginx.awaitListening();
    return nginx;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String configuration(Path directory, int port, String secret) {
    StringBuilder text = new StringBuilder();
    text.append("daemon off; master_process off; pid nginx.pid; error_log error.log;\n");
    text.append("events {}\nhttp { access_log off;\n");
    for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      text.append(kind).append("_temp_path ").append(directory.resolve(kind)).append(";\n");
    }
    text.append("map $uri $directory { \"~^(?<d>.*/)[^/]*$\" $d; }\n");
    text.append(server(port, "exact", "$uri " + secret));
    text.append(server(port, "bound", "$uri$remote_addr " + secret));
    text.append(server(port, "directory", "$directory " + secret));
    return text.append("}\n").toString();
  }

  private static String server(int port, String host, String rest) {
    return "server { listen 127.0.0.1:"
        + port
        + "; server_name "
        + host
        + ";\n"
        + "secure_link $arg_md5,$arg_expires; secure_link_md5 \"$secure_link_expires"
        + rest
        + "\";\n"
        + "location / { if ($secure_link = \"\") { return 403; } if ($secure_link = \"0\") { return 410; }"
        + " return 200 ok; } }\n";
  }

  private void awaitListening() throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (ConnectException e) {
        Thread.onSpinWait();
      }
    }
    close();
    throw new IOException("nginx does not listen");
  }

  /** Returns the status of a GET, its target sent exactly as given, from a loopback address. */
  int status(String host, String target, String client) {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(client), 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      String request = "GET " + target + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      try (InputStream answer = socket.getInputStream()) {
        String head = new String(answer.readAllBytes(), ISO_8859_1);
        return Integer.parseInt(head.substring(9, 12));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
