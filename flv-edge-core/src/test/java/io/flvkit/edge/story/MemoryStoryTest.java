package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.LimitsConfig;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.WindowConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Viewers on real sockets who take nothing after the prelude, each at another place of the stream:
 * the unit that each has begun holds memory, until there is not enough of it. They are streams of
 * HTTP/2, since there the edge knows at once that they take nothing.
 */
class MemoryStoryTest {
  private static final int PICTURE_BYTES = 80_000;
  private static final int A_SECOND = 68;
  private static final int HEALTHY = 4;
  private static final int SLOWEST = 6;
  private static final int SLOW = 2;
  private static final int WINDOW_BYTES = 1_000;
  private static final Pattern RESET_FOR_MEMORY =
      Pattern.compile("flv_viewer_ends_total\\{reason=\"memory\",[^}]*} (\\d+)");

  /** The window and a segment for each who is stuck need about ten; where it is less, less. */
  private static final long MORE_THAN_ALL_BYTES = 10 << 20;

  private static final long STEP_BYTES = 1 << 20;

  private final Encoder encoder = new Encoder(PICTURE_BYTES);

  private static EdgeConfig config(RelayOrigin origin, long memoryBytes) {
    LiveConfig live =
        LiveConfig.builder("/live/")
            .origin(origin.url())
            .stallTimeout(Duration.ofSeconds(20))
            .viewerStallTimeout(Duration.ofMinutes(5))
            .window(new WindowConfig(Duration.ofSeconds(1), 8 << 20))
            .build();
    return EdgeStage.config(live)
        .limits(new LimitsConfig(0, 0, 0, 0, memoryBytes, 32 << 10, Duration.ofSeconds(10)))
        .build();
  }

  @Test
  void who_is_furthest_behind_goes_first_and_who_reads_notices_nothing() throws IOException {
    try (RelayOrigin origin = new RelayOrigin(encoder);
        EdgeStage stage = EdgeStage.with(config(origin, 0));
        Crowd healthy = new Crowd(HEALTHY, stage.http(), encoder);
        RawH2Client stuck = RawH2Client.wide(stage.http(), WINDOW_BYTES)) {
      Crowd.awaitMore(healthy.seats(), A_SECOND);
      watchAndTakeNothing(stuck, 0, SLOWEST, healthy);
      Crowd.awaitMore(healthy.seats(), 3 * A_SECOND);
      watchAndTakeNothing(stuck, SLOWEST, SLOWEST + SLOW, healthy);
      assertThat(resets(stage)).isZero();
      healthy.mostMissedMillis();

      long limitBytes = MORE_THAN_ALL_BYTES;
      while (resets(stage) == 0) {
        limitBytes -= STEP_BYTES;
        stage.edge.reload(config(origin, limitBytes));
        Crowd.awaitMore(healthy.seats(), 3 * A_SECOND);
      }

      int gone = resets(stage);
      assertThat(gone).isLessThanOrEqualTo(SLOWEST);
      for (int i = 0; i < gone; i++) {
        assertThat(nextReset(stuck)).as("who goes").isLessThan(idOf(SLOWEST));
      }
      assertThat(healthy.faults()).isEmpty();
      assertThat(healthy.mostMissedMillis()).isLessThan(encoder.run().programme().gopMillis());
    }
  }

  private static int nextReset(RawH2Client client) throws IOException {
    RawH2Client.Frame frame = client.next();
    while (frame.type() != RawH2Client.RST_STREAM) {
      frame = client.next();
    }
    return frame.stream();
  }

  private static void watchAndTakeNothing(RawH2Client client, int from, int to, Crowd healthy)
      throws IOException {
    for (int i = from; i < to; i++) {
      client.get(idOf(i), "/live/a.flv");
      client.flush();
      Crowd.awaitMore(healthy.seats(), A_SECOND); // each begins at a keyframe of its own
    }
  }

  private static int idOf(int viewer) {
    return 2 * viewer + 1;
  }

  private static int resets(EdgeStage stage) throws IOException {
    Matcher found = RESET_FOR_MEMORY.matcher(RawClient.get(stage.admin(), "/metrics").text());
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }
}
