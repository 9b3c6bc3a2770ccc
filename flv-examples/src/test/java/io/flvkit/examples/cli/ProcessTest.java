package io.flvkit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvTag;
import io.flvkit.examples.Media;
import io.flvkit.examples.Viewing;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that serve, as processes: their lines, and that SIGTERM ends them with status 0. */
@Timeout(180)
class ProcessTest {
  @Test
  void an_origin_and_an_edge_before_it_serve_until_they_are_told_to_stop(@TempDir Path folder)
      throws Exception {
    String live = "demo=" + Media.loop();
    try (Spawned origin =
        Spawned.of("origin", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--live", live)) {
      List<String> originLines = origin.linesUntilReady();
      Path config = folder.resolve("edge.yaml");
      Files.writeString(config, config(Spawned.port(originLines, "listen http 127.0.0.1:")));
      try (Spawned edge = Spawned.of("edge", "--config", config.toString())) {
        List<String> edgeLines = edge.linesUntilReady();
        int port = Spawned.port(edgeLines, "listen http 127.0.0.1:");
        try (Viewing viewing =
            Viewing.of(URI.create("http://127.0.0.1:" + port + "/live/demo.flv"))) {
          assertThat(viewing.nextThat(FlvTag::isCodedMedia).isKeyFrame()).isTrue();
        }

        assertThat(originLines).hasSize(3).last().isEqualTo("ready");
        assertThat(originLines.get(1)).startsWith("listen admin 127.0.0.1:");
        assertThat(edgeLines).hasSize(3).last().isEqualTo("ready");
        assertThat(edgeLines.get(1)).startsWith("listen admin 127.0.0.1:");
        assertThat(edge.terminate()).isZero();
      }
      assertThat(origin.terminate()).isZero();
    }
  }

  @Test
  void the_demo_prints_its_URLs() throws Exception {
    try (Spawned demo = Spawned.of("demo", "--port", "0")) {
      List<String> lines = demo.linesUntilReady();

      assertThat(lines).anyMatch(line -> line.matches("page +http://localhost:\\d+/"));
      assertThat(lines).anyMatch(line -> line.matches("live +http://localhost:\\d+/live/demo.flv"));
      assertThat(demo.terminate()).isZero();
    }
  }

  private static String config(int originPort) {
    return """
        listen:
          - { address: 127.0.0.1, port: 0 }
        admin: { address: 127.0.0.1, port: 0 }
        drainDelay: 0s
        drainTimeout: 1s
        live:
          - path: /live/
            origins:
              - url: http://127.0.0.1:%d/live/
        """
        .formatted(originPort);
  }
}
