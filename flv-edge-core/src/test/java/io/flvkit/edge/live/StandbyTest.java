package io.flvkit.edge.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.WindowConfig;
import io.flvkit.edge.origin.PullFailure;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StandbyTest {
  private static final Duration STALL = Duration.ofSeconds(3);

  private final LiveStage stage = stage(2);

  private static LiveStage stage(int origins) {
    LiveConfig.Builder config =
        LiveConfig.builder("/live/")
            .standby(true)
            .stallTimeout(STALL)
            .window(new WindowConfig(Duration.ofSeconds(10), 64 << 10));
    for (int i = 0; i < origins; i++) {
      config.origin("http://origin" + i + "/live/");
    }
    return new LiveStage(config.build());
  }

  private static FlvScript firstGroup() {
    return FlvScript.opening().key(0).inter(40);
  }

  @Test
  void a_second_origin_is_connected_while_somebody_watches() {
    ViewerProbe viewer = stage.start(firstGroup());

    assertThat(stage.origins.count()).isEqualTo(2);
    assertThat(stage.origins.at(1).url()).isEqualTo("http://origin1/live/s.flv");

    viewer.leaves();
    stage.pass(Duration.ofMillis(1));

    assertThat(stage.origins.at(0).isCancelled()).isFalse();
    assertThat(stage.origins.at(1).isCancelled()).isTrue();
    assertThat(stage.memory.bytes()).isPositive();
  }

  @Test
  void a_viewer_who_comes_before_the_pull_is_idle_has_a_standby_again() {
    stage.start(firstGroup()).leaves();
    stage.pass(Duration.ofSeconds(1));

    stage.watch();

    assertThat(stage.origins.count()).isEqualTo(3);
    assertThat(stage.origins.openCount()).isEqualTo(2);
  }

  @Test
  void a_single_origin_has_no_standby() {
    LiveStage alone = stage(1);

    alone.start(firstGroup());
    alone.pass(Duration.ofSeconds(2));

    assertThat(alone.origins.count()).isEqualTo(1);
  }

  @Test
  void viewers_go_on_at_once_with_what_the_standby_has() {
    ViewerProbe viewer = stage.start(firstGroup());
    stage.origins.at(1).streams().sends(firstGroup().inter(80).inter(120).bytes());
    viewer.forgetTags();

    stage.origins.at(0).fails(PullFailure.RESET);
    stage.loop.runReady();

    assertThat(viewer.tags()).containsExactly("inter80@80", "inter120@120");
    assertThat(stage.origins.at(1).isCancelled()).isFalse();

    stage.origins.at(1).sends(new FlvScript().inter(160).bytes());
    stage.pass(Duration.ofMillis(1));

    assertThat(viewer.tags()).endsWith("inter160@160");
  }

  @Test
  void after_a_switch_another_standby_is_connected() {
    stage.start(firstGroup());
    stage.origins.at(1).streams().sends(firstGroup().bytes());

    stage.origins.at(0).fails(PullFailure.RESET);
    stage.loop.runReady();

    assertThat(stage.origins.count()).isEqualTo(3);
    assertThat(stage.origins.at(2).url()).startsWith("http://origin0/");
    assertThat(stage.origins.openCount()).isEqualTo(2);
  }

  @Test
  void a_standby_that_is_ahead_goes_on_at_its_keyframe_with_the_configuration_of_that() {
    ViewerProbe viewer = stage.start(firstGroup());
    FlvScript ahead = firstGroup().inter(80).videoConfig("v2").key(120).inter(160);
    stage.origins.at(1).streams().sends(ahead.videoConfig("v3").bytes());
    viewer.forgetTags();

    stage.origins.at(0).fails(PullFailure.RESET);
    stage.loop.runReady();

    assertThat(viewer.tags())
        .containsExactly("v2@80", "a1@80", "key120@80", "inter160@120", "v3@0");
  }

  @Test
  void a_standby_from_which_nothing_comes_any_more_is_not_the_first_to_be_asked() {
    stage.start(firstGroup());
    stage.origins.at(1).streams().sends(firstGroup().bytes());
    stage.pass(STALL.dividedBy(2));

    stage.origins.at(0).fails(PullFailure.RESET);

    assertThat(stage.origins.last().url()).startsWith("http://origin0/");
  }

  @Test
  void a_standby_that_has_fallen_behind_is_connected_anew_when_its_origin_is_asked() {
    stage.start(firstGroup());
    stage.origins.at(1).streams().sends(firstGroup().bytes());
    stage.pass(STALL.dividedBy(2));
    stage.origins.at(0).fails(PullFailure.RESET);

    stage.origins.at(2).fails(PullFailure.CONNECT_FAILED);

    assertThat(stage.origins.at(1).isCancelled()).isTrue();
    assertThat(stage.origins.at(3).url()).startsWith("http://origin1/");
  }

  @Test
  void a_standby_without_a_keyframe_is_taken_when_its_origin_is_asked() {
    stage.start(firstGroup());
    stage.origins.at(1).streams().sends(FlvScript.opening().inter(40).bytes());

    stage.origins.at(0).fails(PullFailure.RESET);
    stage.origins.at(2).fails(PullFailure.CONNECT_FAILED);
    stage.loop.runReady();
    ViewerProbe viewer = stage.watch();
    viewer.forgetTags();
    stage.origins.at(1).sends(new FlvScript().key(80).bytes());
    stage.pass(Duration.ofMillis(1));

    assertThat(stage.origins.at(1).isCancelled()).isFalse();
    assertThat(viewer.tags()).containsExactly("key80@80");
  }

  @Test
  void within_the_hold_down_the_standby_waits() {
    stage.start(firstGroup());
    stage.origins.at(1).streams().sends(firstGroup().bytes());
    stage.origins.at(0).fails(PullFailure.RESET);
    stage.origins.at(2).streams().sends(firstGroup().inter(80).bytes());

    stage.origins.at(1).fails(PullFailure.RESET);
    stage.loop.runReady();

    assertThat(stage.origins.last().url()).startsWith("http://origin1/");
  }

  @Test
  void a_stream_that_ends_at_both_origins_ends_well() {
    ViewerProbe viewer = stage.start(firstGroup());
    stage.origins.at(1).streams().sends(firstGroup().bytes());

    stage.origins.at(0).ends();
    stage.origins.at(2).answers(404, "text/plain", "gone");
    stage.origins.at(1).ends();
    stage.origins.at(4).answers(404, "text/plain", "gone");
    stage.origins.at(3).answers(404, "text/plain", "gone");
    stage.loop.runReady();

    assertThat(viewer.end()).isEqualTo("end:stream-ended");
    assertThat(stage.origins.openCount()).isZero();
  }

  @Test
  void a_standby_that_breaks_is_asked_again_after_growing_delays_or_the_one_behind_it() {
    LiveStage three = stage(3);
    three.start(firstGroup());

    three.origins.at(1).answers(404, "text/plain", "not here");
    three.pass(Duration.ofSeconds(1));

    assertThat(three.origins.at(2).url()).startsWith("http://origin2/");

    three.origins.at(2).answers(404, "text/plain", "not here");
    for (int i = 0; i < 20; i++) {
      three.origins.at(0).sends(new FlvScript().inter(80 + i * 50L).bytes());
      three.pass(Duration.ofMillis(50));
    }

    assertThat(three.origins.count()).as("within a second").isEqualTo(3);
  }

  @Test
  void it_holds_no_more_than_its_newest_group() {
    stage.start(firstGroup());
    long before = stage.memory.bytes();

    stage.origins.at(1).streams().sends(FlvScript.opening().bytes());
    for (int i = 0; i < 50; i++) {
      stage.origins.at(1).sends(new FlvScript().key(i * 100L).large(i * 100L + 40, 5_000).bytes());
      stage.pass(Duration.ofMillis(50));
    }

    assertThat(stage.memory.bytes() - before).isBetween(1L, 40_000L);
  }

  @Test
  void a_group_that_is_larger_than_a_window_may_be_is_not_held() {
    stage.start(firstGroup());
    long before = stage.memory.bytes();

    stage.origins.at(1).streams().sends(FlvScript.opening().key(0).bytes());
    for (int i = 0; i < 50; i++) {
      stage.origins.at(1).sends(new FlvScript().large(i * 40L, 5_000).bytes());
      stage.pass(Duration.ofMillis(10));
    }

    assertThat(stage.memory.bytes()).isEqualTo(before);
  }

  @Test
  void where_memory_is_tight_there_is_no_standby() {
    stage.start(firstGroup());
    stage.origins.at(1).streams().sends(firstGroup().bytes());

    stage.service.limitMemory(stage.memory.bytes());
    stage.origins.at(1).sends(new FlvScript().inter(80).bytes());
    stage.loop.runReady();

    assertThat(stage.origins.at(1).isCancelled()).isTrue();
    assertThat(stage.origins.at(0).isCancelled()).isFalse();
  }

  @Test
  void what_the_standby_repeats_of_a_long_group_comes_once() {
    FlvScript group = FlvScript.opening().key(0);
    LongStream.rangeClosed(1, 100).forEach(i -> group.inter(i * 40).audio(i * 40 + 5));
    ViewerProbe viewer = stage.start(group);
    viewer.forgetTags();
    stage.origins.at(1).streams().sends(group.inter(4_040).bytes());

    stage.origins.at(0).fails(PullFailure.RESET);
    stage.loop.runReady();

    assertThat(viewer.tags()).containsExactly("inter4040@4040");
  }
}
