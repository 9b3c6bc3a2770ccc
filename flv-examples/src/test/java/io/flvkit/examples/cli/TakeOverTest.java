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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one port, one after the other, while viewers come all the time. */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class TakeOverTest {
  private static final int VIEWERS = 5;

  @Test
  void a_new_process_takes_the_port_of_one_that_drains(@TempDir Path folder) throws Exception {
    try (TestOrigin origin =
            TestOrigin.start(OriginOptions.builder().live("demo", Media.loop()).build());
        Spawned old = edge(folder, 0, origin)) {
      int port = Spawned.port(old.linesUntilReady(), "listen http 127.0.0.1:");
      URI live = URI.create("http://127.0.0.1:" + port + "/live/demo.flv");
      List<Viewing> viewers = new ArrayList<>();
      for (int i = 0; i < VIEWERS; i++) {
        viewers.add(Viewing.of(live));
      }
      try (Newcomers newcomers = Newcomers.at(port)) {
        newcomers.awaitMore(20);

        old.askToStop();
        try (Spawned successor = edge(folder, port, origin)) {
          successor.linesUntilReady();
          for (Viewing viewer : viewers) {
            viewer.nextThat(FlvTag::isKeyFrame);
            viewer.nextThat(FlvTag::isKeyFrame);
          }
          assertThat(old.exitStatus()).isZero();
          newcomers.awaitMore(20);

          // A handshake in its middle when the old socket closes is reset by the kernel.
          assertThat(newcomers.failures())
              .as("of " + newcomers.served())
              .hasSizeLessThanOrEqualTo(Newcomers.THREADS)
              .allMatch(failure -> failure.contains("reset"));
          assertThat(successor.terminate()).isZero();
        }
      }
      for (Viewing viewer : viewers) {
        viewer.close();
      }
    }
  }

  private static Spawned edge(Path folder, int port, TestOrigin origin) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("edge-" + port + ".yaml"),
            """
            listen: [ { address: 127.0.0.1, port: %d } ]
            admin: { address: 127.0.0.1, port: 0 }
            drainDelay: 10s
            drainTimeout: 2s
            live:
              - path: /live/
                origins: [ { url: "%s" } ]
            """
                .formatted(port, origin.uri("/live/")));
    return Spawned.of("edge", "--config", config.toString());
  }
}
