package io.flvkit.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvTag;
import io.flvkit.examples.Viewing;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** nginx as a plain reverse proxy, with its buffering as it is by default. */
@Timeout(60)
class ProxyTest {
  @TempDir private Path prefix;

  @Test
  void a_live_response_flows_through_nginx() throws Exception {
    String nginx = OtherProgram.require("nginx");
    int port = freePort();
    try (LiveSite site = LiveSite.start()) {
      Files.createDirectory(prefix.resolve("tmp"));
      Files.writeString(
          prefix.resolve("nginx.conf"),
          """
          daemon off; master_process off; pid nginx.pid; error_log stderr;
          events {}
          http {
            access_log off;
            client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
            uwsgi_temp_path tmp; scgi_temp_path tmp;
            server {
              listen 127.0.0.1:%d;
              location / { proxy_pass http://127.0.0.1:%d; proxy_http_version 1.1; }
            }
          }
          """
              .formatted(port, LiveSite.port(site.edge())));
      try (OtherProgram proxy =
              OtherProgram.start(nginx, "-p", prefix.toString(), "-c", "nginx.conf");
          Viewing viewing = open(URI.create("http://127.0.0.1:" + port + "/live/demo.flv"))) {

        FlvTag first = viewing.nextThat(FlvTag::isKeyFrame);
        FlvTag later =
            viewing.nextThat(
                tag ->
                    tag.isCodedMedia() && tag.timestampMillis() > first.timestampMillis() + 2_000);

        assertThat(viewing.status()).isEqualTo(200);
        assertThat(later).isNotNull();
        assertThat(proxy.said()).doesNotContain("[error]");
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Viewing open(URI uri) throws IOException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try {
        return Viewing.of(uri);
      } catch (IOException e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }
}
