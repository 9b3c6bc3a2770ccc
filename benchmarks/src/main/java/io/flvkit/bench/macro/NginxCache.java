package io.flvkit.bench.macro;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx, as an origin of files and as a cache of slices beside the edge. */
final class NginxCache {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(20);

  private NginxCache() {}

  /** Serves the files of a folder below {@code /vod/}. */
  static Server origin(Children children, int core, Path files)
      throws IOException, InterruptedException {
    return start(children, "nginx-origin", core, "location /vod/ { alias " + files + "/; }");
  }

  /** Caches what an origin has, in slices of 1 MiB. */
  static Server cache(Children children, int core, int originPort)
      throws IOException, InterruptedException {
    String location =
        """
        location /vod/ {
          slice 1m;
          proxy_cache cache;
          proxy_cache_key $uri$slice_range;
          proxy_cache_valid 200 206 1h;
          proxy_cache_lock on;
          proxy_set_header Range $slice_range;
          proxy_set_header Connection "";
          proxy_http_version 1.1;
          proxy_pass http://origin;
        }
        """;
    String upstream =
        "upstream origin { server 127.0.0.1:"
            + originPort
            + "; keepalive 64; }\nproxy_cache_path CACHE levels=1:2 keys_zone=cache:20m max_size=8g"
            + " use_temp_path=off;";
    return start(children, "nginx", core, location, upstream);
  }

  private static Server start(
      Children children, String name, int core, String location, String... http)
      throws IOException, InterruptedException {
    Path scratch = Files.createDirectory(children.folder().resolve(name));
    int port = freePort();
    Path configuration = scratch.resolve("nginx.conf");
    Files.writeString(configuration, text(scratch, port, location, String.join("\n", http)));
    Child child = children.start(name, core, command(scratch, configuration));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!accepts(port)) {
      if (System.nanoTime() > end) {
        throw new MacroException(name + " does not start");
      }
      child.runFor(LOOK);
    }
    return new Server(child, port);
  }

  private static List<String> command(Path scratch, Path configuration) {
    Optional<Path> binary =
        Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (binary.isEmpty()) {
      throw new MacroException("this benchmark compares with nginx, which is not installed");
    }
    return List.of(
        binary.get().toString(),
        "-p",
        scratch.toString(),
        "-c",
        configuration.toString(),
        "-e",
        scratch.resolve("error.log").toString());
  }

  private static String text(Path scratch, int port, String location, String http) {
    return """
        daemon off;
        master_process off;
        pid SCRATCH/nginx.pid;
        error_log SCRATCH/error.log;
        worker_rlimit_nofile 20000;
        events { worker_connections 15000; }
        http {
          access_log SCRATCH/access.log combined buffer=64k;
          sendfile on;
          tcp_nopush on;
          tcp_nodelay on;
          keepalive_requests 1000000000;
          types { video/x-flv flv; }
          client_body_temp_path SCRATCH/body;
          proxy_temp_path SCRATCH/proxy;
          fastcgi_temp_path SCRATCH/fastcgi;
          uwsgi_temp_path SCRATCH/uwsgi;
          scgi_temp_path SCRATCH/scgi;
          HTTP
          server {
            listen 127.0.0.1:PORT backlog=8192;
            LOCATION
          }
        }
        """
        .replace("HTTP", http)
        .replace("LOCATION", location)
        .replace("CACHE", scratch.resolve("cache").toString())
        .replace("SCRATCH", scratch.toString())
        .replace("PORT", Integer.toString(port));
  }

  private static boolean accepts(int port) {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
