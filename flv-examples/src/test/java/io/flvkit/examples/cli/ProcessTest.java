package io.flvkit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvTag;
import io.flvkit.examples.Media;
import io.flvkit.examples.Viewing;
import io.flvkit.examples.origin.OriginOptions;
import io.flvkit.examples.origin.TestOrigin;
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
  void an_edge_reads_its_configuration_anew_when_it_is_told_to(@TempDir Path folder)
      throws Exception {
    try (TestOrigin origin =
        TestOrigin.start(OriginOptions.builder().live("demo", Media.loop()).build())) {
      String good = config(origin.address().getPort());
      Path config = Files.writeString(folder.resolve("edge.yaml"), good);
      try (Spawned edge = Spawned.of("edge", "--config", config.toString())) {
        int port = Spawned.port(edge.linesUntilReady(), "listen http 127.0.0.1:");
        URI live = URI.create("http://127.0.0.1:" + port + "/live/demo.flv");
        URI moved = URI.create("http://127.0.0.1:" + port + "/moved/demo.flv");

        Files.writeString(config, good + "lif: 1\n");
        edge.hangUp();

        assertThat(edge.errorLineWith("lif")).contains("flvkit edge: lif: ");
        edge.errorLineWith("not reloaded");
        assertThat(status(live)).isEqualTo(200);

        Files.writeString(config, good.replace("- path: /live/", "- path: /moved/"));
        edge.hangUp();

        edge.errorLineWith("reloaded");
        assertThat(status(moved)).isEqualTo(200);
        assertThat(status(live)).isEqualTo(404);
        assertThat(edge.terminate()).isZero();
      }
    }
  }

  @Test
  void a_second_signal_does_not_wait_for_the_drain(@TempDir Path folder) throws Exception {
    try (TestOrigin origin =
        TestOrigin.start(OriginOptions.builder().live("demo", Media.loop()).build())) {
      String slow = config(origin.address().getPort()).replace("Timeout: 1s", "Timeout: 1h");
      Path config = Files.writeString(folder.resolve("edge.yaml"), slow);
      try (Spawned edge = Spawned.of("edge", "--config", config.toString())) {
        int port = Spawned.port(edge.linesUntilReady(), "listen http 127.0.0.1:");
        try (Viewing viewing =
            Viewing.of(URI.create("http://127.0.0.1:" + port + "/live/demo.flv"))) {
          viewing.nextThat(FlvTag::isCodedMedia);

          assertThat(edge.terminateTwice()).isZero();
        }
      }
    }
  }

  private static int status(URI uri) throws Exception {
    try (Viewing viewing = Viewing.of(uri)) {
      return viewing.status();
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
