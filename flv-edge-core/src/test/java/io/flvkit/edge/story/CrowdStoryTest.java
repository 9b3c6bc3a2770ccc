package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.WindowConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many viewers at once, on real sockets. */
class CrowdStoryTest {
  private static final int A_SECOND = 68;

  private final Encoder encoder = new Encoder();

  private static EdgeStage edgeOf(RelayOrigin origin) {
    LiveConfig live =
        LiveConfig.builder("/live/")
            .origin(origin.url())
            .window(new WindowConfig(Duration.ofSeconds(10), 16 << 20))
            .build();
    return EdgeStage.with(EdgeStage.config(live).build());
  }

  @Test
  void five_hundred_first_viewers_make_one_pull() throws IOException {
    try (RelayOrigin origin = new RelayOrigin(encoder);
        EdgeStage stage = edgeOf(origin);
        Crowd crowd = new Crowd(500, stage.http(), encoder)) {
      Crowd.awaitMore(crowd.seats(), A_SECOND);

      assertThat(crowd.faults()).isEmpty();
      assertThat(origin.pulls()).isEqualTo(1);
    }
  }

  /**
   * 200 in the build; {@code -Dflvkit.viewers=1000} for more. Leaves in {@code target/stopped.txt}
   * how far the others were behind before and after.
   */
  @Test
  void half_of_the_viewers_stop_reading_and_the_others_miss_nothing() throws IOException {
    int viewers = Integer.getInteger("flvkit.viewers", 200);
    try (RelayOrigin origin = new RelayOrigin(encoder);
        EdgeStage stage = edgeOf(origin);
        Crowd crowd = new Crowd(viewers, stage.http(), encoder)) {
      List<Crowd.Seat> reading = crowd.seats().subList(0, viewers / 2);
      Crowd.awaitMore(crowd.seats(), 3 * A_SECOND);
      long before = Crowd.lagMillisP99(reading);

      crowd.stopReading(crowd.seats().subList(viewers / 2, viewers));
      Crowd.awaitMore(reading, A_SECOND);
      crowd.mostMissedMillis();
      long after = Crowd.lagMillisP99(reading);

      Files.writeString(
          Path.of("target", "stopped.txt"),
          "%d viewers, lag p99 of half of them: %d ms, %d ms while the others read nothing%n"
              .formatted(viewers, before, after),
          StandardCharsets.UTF_8);
      assertThat(crowd.faults()).isEmpty();
      assertThat(crowd.mostMissedMillis()).isLessThan(encoder.run().programme().gopMillis());
    }
  }
}
