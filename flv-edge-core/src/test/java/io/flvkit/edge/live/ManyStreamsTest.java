package io.flvkit.edge.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.LiveConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A catalogue of streams that few watch: each costs a pull, its deadlines and a small window. */
class ManyStreamsTest {
  private static final int STREAMS = 2_000;
  private static final int VIEWERS_EACH = 2;
  private static final int STEP_MILLIS = 500;
  private static final int GROUP_STEPS = 4;
  private static final int STEPS = 30;
  private static final int FRAME_BYTES = 2_500;

  /** Of windows that keep ten seconds, all of these together need half as much again. */
  private static final long LIMIT_BYTES = 96L << 20;

  private final LiveStage stage =
      new LiveStage(LiveConfig.builder("/live/").origin("http://origin0/live/").build());
  private final List<ViewerProbe> viewers = new ArrayList<>();
  private long tags;

  private long heldWith(long limitBytes) {
    stage.service.limitMemory(limitBytes);
    List<CompletableFuture<LiveAnswer>> answers = new ArrayList<>();
    for (int i = 0; i < STREAMS * VIEWERS_EACH; i++) {
      answers.add(stage.ask("/live/s" + i % STREAMS + ".flv", RenditionKind.FULL));
    }
    for (int i = 0; i < STREAMS; i++) {
      stage.origins.at(i).streams().sends(FlvScript.opening().bytes());
    }
    long most = 0;
    for (int step = 0; step < STEPS; step++) {
      send(step);
      if (step == 0) {
        answers.forEach(answer -> viewers.add(ViewerProbe.of(answer.join(), stage.loop)));
      }
      stage.pass(Duration.ofMillis(STEP_MILLIS));
      most = Math.max(most, stage.memory.bytes());
      for (ViewerProbe viewer : viewers) {
        tags += viewer.tags().size();
        viewer.forgetTags();
      }
    }
    return most;
  }

  private void send(int step) {
    long millis = (long) step * STEP_MILLIS;
    for (int i = 0; i < STREAMS; i++) {
      FlvScript script = new FlvScript();
      if (step % GROUP_STEPS == 0) {
        script.key(millis);
      }
      stage.origins.at(i).sends(script.large(millis + 40, FRAME_BYTES).bytes());
    }
  }

  @Test
  void two_thousand_streams_stay_within_the_limit_and_nobody_is_sent_away() {
    long most = heldWith(LIMIT_BYTES);

    assertThat(most).isLessThanOrEqualTo(LIMIT_BYTES);
    assertThat(stage.origins.openCount()).isEqualTo(STREAMS);
    assertThat(viewers).hasSize(STREAMS * VIEWERS_EACH);
    assertThat(viewers).allSatisfy(viewer -> assertThat(viewer.end()).isEmpty());
    int framesAndPrelude = STEPS + (STEPS + GROUP_STEPS - 1) / GROUP_STEPS + 3;
    assertThat(tags).isEqualTo((long) STREAMS * VIEWERS_EACH * framesAndPrelude);
  }

  @Test
  void without_a_limit_they_need_more() {
    assertThat(heldWith(0)).isGreaterThan(LIMIT_BYTES);
  }
}
