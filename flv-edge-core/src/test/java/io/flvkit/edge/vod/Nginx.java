package io.flvkit.edge.vod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real nginx that serves a folder as plain files. */
final class Nginx implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(10);

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one, or skips the test with a line that names nginx. */
  static Nginx serving(Path files, Path scratch) throws IOException {
    Path binary =
        List.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx").stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    if (binary == null && "1".equals(System.getenv("FLVKIT_REQUIRE_ALL"))) {
      throw new AssertionError("nginx is required and not installed");
    }
    if (binary == null) {
      System.out.println("skipped: nginx is not installed");
    }
    Assumptions.assumeTrue(binary != null, "nginx is not installed");
    int port = freePort();
    Path configuration =
        Files.writeString(scratch.resolve("nginx.conf"), text(files, scratch, port));
    Process process =
        new ProcessBuilder(
                binary.toString(),
                "-p",
                scratch.toString(),
                "-c",
                configuration.toString(),
                "-e",
                scratch.resolve("error.log").toString())
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("output.log").toFile())
            .start();
    Nginx nginx = new Nginx(process, port);
    nginx.awaitStart();
    return nginx;
  }

  String url() {
    return "http://127.0.0.1:" + port + "/";
  }

  private static String text(Path files, Path scratch, int port) {
    return """
        daemon off;
        master_process off;
        pid SCRATCH/nginx.pid;
        error_log SCRATCH/error.log;
        events { worker_connections 64; }
        http {
          access_log off;
          types { video/x-flv flv; }
          client_body_temp_path SCRATCH/body;
          proxy_temp_path SCRATCH/proxy;
          fastcgi_temp_path SCRATCH/fastcgi;
          uwsgi_temp_path SCRATCH/uwsgi;
          scgi_temp_path SCRATCH/scgi;
          server {
            listen 127.0.0.1:PORT;
            root FILES;
          }
        }
        """
        .replace("SCRATCH", scratch.toString())
        .replace("PORT", Integer.toString(port))
        .replace("FILES", files.toString());
  }

  private void awaitStart() {
    long deadline = System.nanoTime() + START.toNanos();
    while (!accepts()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("nginx did not start");
      }
      Thread.onSpinWait();
    }
  }

  private boolean accepts() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
