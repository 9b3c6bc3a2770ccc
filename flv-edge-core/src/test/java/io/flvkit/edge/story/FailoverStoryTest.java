package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.WindowConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two hundred viewers on real sockets while origins fail. Each of them judges every tag: none
 * twice, no step back in time, every run from a keyframe with the configuration that it needs.
 * Leaves what was measured in {@code target/failover.txt}.
 */
class FailoverStoryTest {
  private static final int VIEWERS = 200;
  private static final Duration STALL = Duration.ofSeconds(1);

  /** Of the build machine, which runs other tests. */
  private static final long SLACK_MILLIS = 1_500;

  private static final int A_SECOND = 68;

  private final Encoder encoder = new Encoder();
  private RelayOrigin first;
  private RelayOrigin second;
  private EdgeStage stage;
  private Crowd crowd;

  @BeforeEach
  void everybodyWatches() throws IOException {
    first = new RelayOrigin(encoder);
    second = new RelayOrigin(encoder);
    LiveConfig live =
        LiveConfig.builder("/live/")
            .origin(first.url())
            .origin(second.url())
            .connectTimeout(Duration.ofSeconds(1))
            .firstByteTimeout(Duration.ofSeconds(2))
            .stallTimeout(STALL)
            .holdTimeout(Duration.ofSeconds(15))
            .window(new WindowConfig(Duration.ofSeconds(10), 16 << 20))
            .build();
    stage = EdgeStage.with(EdgeStage.config(live).build());
    crowd = new Crowd(VIEWERS, stage.http(), encoder);
    Crowd.awaitMore(crowd.seats(), A_SECOND);
    assertThat(first.pulls() + second.pulls()).isEqualTo(1);
    crowd.longestSilenceMillis();
    crowd.mostMissedMillis();
  }

  @AfterEach
  void everybodyGoes() throws IOException {
    crowd.close();
    stage.close();
    first.close();
    second.close();
  }

  /** They all go on, and nothing that they get is wrong; what they missed is bounded. */
  private void nobodyNotices(String what, Duration detection) throws IOException {
    Crowd.awaitMore(crowd.seats(), 2 * A_SECOND);
    long missed = crowd.mostMissedMillis();
    long silence = crowd.longestSilenceMillis();
    Files.writeString(
        Path.of("target", "failover.txt"),
        "%s: silence %d ms, missed %d ms%n".formatted(what, silence, missed),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);

    assertThat(crowd.faults()).isEmpty();
    assertThat(missed)
        .as("missed, millis")
        .isLessThanOrEqualTo(
            encoder.run().programme().gopMillis() + detection.toMillis() + SLACK_MILLIS);
  }

  @Test
  void nobody_notices_that_the_origin_is_killed() throws IOException {
    first.dies();

    nobodyNotices("killed", Duration.ZERO);
    assertThat(second.openPulls()).isEqualTo(1);
  }

  @Test
  void nobody_notices_that_the_origin_freezes() throws IOException {
    first.freezes(true);

    nobodyNotices("frozen", STALL);
    assertThat(second.openPulls()).isEqualTo(1);
  }

  @Test
  void nobody_notices_that_the_origin_answers_503() throws IOException {
    first.isBusy(true);

    nobodyNotices("503", Duration.ZERO);
    assertThat(second.openPulls()).isEqualTo(1);
  }

  @Test
  void nobody_notices_that_the_origin_ends_in_the_middle_of_a_tag() throws IOException {
    first.cutsWithinATag();

    nobodyNotices("cut mid tag", Duration.ZERO);
    assertThat(first.openPulls() + second.openPulls()).isEqualTo(1);
  }

  @Test
  void the_stream_goes_on_when_the_encoder_restarts_at_zero() throws IOException {
    encoder.startsAnew();

    nobodyNotices("restart at zero", Duration.ZERO);
  }

  /** Three seconds in the build; {@code -Dflvkit.flapSeconds=60} for a minute. */
  @Test
  void nobody_notices_an_origin_that_dies_and_comes_back_each_second() throws IOException {
    int seconds = Integer.getInteger("flvkit.flapSeconds", 3);

    for (int i = 0; i < seconds; i++) {
      first.dies();
      Crowd.awaitMore(crowd.seats(), A_SECOND / 2);
      first.comesBack();
      Crowd.awaitMore(crowd.seats(), A_SECOND / 2);
    }

    nobodyNotices("flapping for " + seconds + " s", Duration.ZERO);
    assertThat(second.pulls()).as("switches, then no fail-back").isEqualTo(1);
  }
}
