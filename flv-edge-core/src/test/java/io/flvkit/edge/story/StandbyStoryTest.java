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
import org.junit.jupiter.api.Test;

/**
 * A hundred viewers on real sockets, and a second origin that takes its time to answer, when the
 * first is killed. Leaves what was measured in {@code target/failover.txt}.
 */
class StandbyStoryTest {
  private static final int VIEWERS = 100;
  private static final int A_SECOND = 68;
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final Encoder encoder = new Encoder();

  @Test
  void a_switch_to_the_standby_does_not_wait_for_the_answer_of_its_origin() throws IOException {
    long without = silenceMillis(false);
    long with = silenceMillis(true);

    assertThat(without).isGreaterThanOrEqualTo(ANSWER.toMillis());
    assertThat(with).isLessThan(ANSWER.toMillis());
  }

  private long silenceMillis(boolean standby) throws IOException {
    try (RelayOrigin first = new RelayOrigin(encoder);
        RelayOrigin second = new RelayOrigin(encoder);
        EdgeStage stage = edge(first, second, standby);
        Crowd crowd = new Crowd(VIEWERS, stage.http(), encoder)) {
      second.answersAfter(ANSWER);
      Crowd.awaitMore(crowd.seats(), ((int) ANSWER.toSeconds() + 1) * A_SECOND);
      int pulls = second.pulls();
      assertThat(pulls).isEqualTo(standby ? 1 : 0);
      crowd.longestSilenceMillis();
      crowd.mostMissedMillis();

      first.dies();
      Crowd.awaitMore(crowd.seats(), A_SECOND);

      long silence = crowd.longestSilenceMillis();
      note(standby, silence, crowd.mostMissedMillis());
      assertThat(crowd.faults()).isEmpty();
      assertThat(second.pulls()).isEqualTo(1);
      return silence;
    }
  }

  private static EdgeStage edge(RelayOrigin first, RelayOrigin second, boolean standby) {
    LiveConfig live =
        LiveConfig.builder("/live/")
            .origin(first.url())
            .origin(second.url())
            .standby(standby)
            .firstByteTimeout(ANSWER.multipliedBy(4))
            .holdTimeout(ANSWER.multipliedBy(4))
            .stallTimeout(Duration.ofSeconds(10))
            .window(new WindowConfig(Duration.ofSeconds(10), 16 << 20))
            .build();
    return EdgeStage.with(EdgeStage.config(live).build());
  }

  private static void note(boolean standby, long silence, long missed) throws IOException {
    Files.writeString(
        Path.of("target", "failover.txt"),
        "killed, the second answers after %d s, %s: silence %d ms, missed %d ms%n"
            .formatted(ANSWER.toSeconds(), standby ? "standby" : "no standby", silence, missed),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
