package io.flvkit.edge.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.origin.PullFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
  private final LiveStage stage = LiveStage.withOrigins(1);

  @Nested
  class Joining {
    @Test
    void the_first_viewer_gets_header_prelude_and_everything_from_the_keyframe_on() {
      ViewerProbe viewer = stage.start(FlvScript.opening().key(0).audio(10).inter(40));

      assertThat(viewer.header().hasAudio()).isTrue();
      assertThat(viewer.header().hasVideo()).isTrue();
      assertThat(viewer.tags())
          .containsExactly("script@0", "v1@0", "a1@0", "key0@0", "audio10@10", "inter40@40");
    }

    @Test
    void a_later_viewer_starts_at_the_newest_keyframe_with_original_timestamps() {
      stage.start(FlvScript.opening().key(70_000).inter(70_040).key(70_080).inter(70_120));

      ViewerProbe late = stage.watch();

      assertThat(late.tags())
          .containsExactly("script@0", "v1@0", "a1@0", "key70080@70080", "inter70120@70120");
    }

    @Test
    void the_answer_says_whether_the_request_waited_for_the_origin() {
      CompletableFuture<LiveAnswer> first = stage.ask();
      stage.origins.last().streams();
      stage.send(FlvScript.opening().key(0));

      assertThat(((LiveAnswer.Watching) first.join()).waited()).isTrue();
      assertThat(((LiveAnswer.Watching) stage.ask().join()).waited()).isFalse();
    }

    @Test
    void the_answer_is_held_until_the_first_tag() {
      CompletableFuture<LiveAnswer> answer = stage.ask();

      stage.origins.last().streams();
      stage.send(new FlvScript().header(true, true));

      assertThat(answer).isNotDone();
    }

    @Test
    void many_first_viewers_share_one_pull() {
      List<CompletableFuture<LiveAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        answers.add(stage.ask());
      }

      stage.origins.last().streams();
      stage.send(FlvScript.opening().key(0));

      assertThat(stage.origins.count()).isEqualTo(1);
      assertThat(answers).allSatisfy(answer -> assertThat(answer).isDone());
    }

    @Test
    void a_first_viewer_that_leaves_while_connecting_harms_nobody() {
      CompletableFuture<LiveAnswer> leaving = stage.ask();
      CompletableFuture<LiveAnswer> staying = stage.ask();
      stage.origins.last().streams();
      stage.send(FlvScript.opening().key(0));

      ((LiveAnswer.Watching) leaving.join()).body().abandon();
      ViewerProbe viewer = ViewerProbe.of(staying.join(), stage.loop);
      stage.pass(Duration.ofSeconds(2));
      stage.send(new FlvScript().inter(40));

      assertThat(viewer.tags()).endsWith("key0@0", "inter40@40");
    }

    @Test
    void of_several_video_tracks_the_first_one_says_where_viewers_start() {
      stage.start(new FlvScript().header(false, true).trackKey(1, 0).trackKey(0, 0).trackKey(1, 0));

      assertThat(stage.watch().tags()).containsExactly("track0@0", "track1@0");
    }

    @Test
    void a_track_without_keyframes_for_long_leads_no_more() {
      stage.start(new FlvScript().header(false, true).trackKey(0, 0));
      for (long millis = 500; millis <= 11_000; millis += 500) {
        stage.send(new FlvScript().trackKey(1, millis));
      }

      assertThat(stage.watch().tags()).containsExactly("track1@11000");
    }

    @Test
    void a_stream_without_video_starts_at_the_newest_tag() {
      stage.start(
          new FlvScript().header(true, false).audioConfig("a1").audio(0).audio(23).audio(46));

      ViewerProbe late = stage.watch();

      assertThat(late.header().hasVideo()).isFalse();
      assertThat(late.tags()).containsExactly("a1@0", "audio46@46");
    }

    @Test
    void a_promise_of_video_that_is_not_kept_delays_the_start_by_a_second_of_media_only() {
      ViewerProbe viewer =
          stage.start(new FlvScript().header(true, true).audioConfig("a1").audio(0).audio(500));
      assertThat(viewer.tags()).isEmpty();

      stage.send(new FlvScript().audio(1_000).audio(1_023));

      assertThat(viewer.header().hasVideo()).isFalse();
      assertThat(viewer.tags()).containsExactly("a1@0", "audio1023@1023");
    }

    @Test
    void a_changed_configuration_is_in_the_prelude_of_later_viewers() {
      stage.start(FlvScript.opening().key(0).videoConfig("v2").key(40));

      assertThat(stage.watch().tags()).startsWith("script@0", "v2@0", "a1@0");
    }
  }

  /** LAS 1.0, section 5.3, and {@code delay}. */
  @Nested
  class StartingElsewhere {
    private void runs() {
      FlvScript script = FlvScript.opening();
      for (long i = 0; i <= 4; i++) {
        script.key(50_000 + i * 900).inter(50_040 + i * 900);
      }
      stage.start(script);
    }

    private String startOf(StartAt start) {
      runs();
      return stage.watch(start).tags().stream()
          .filter(tag -> tag.startsWith("key"))
          .findFirst()
          .orElse("none");
    }

    @Test
    void a_delay_starts_at_the_keyframe_before() {
      assertThat(startOf(new StartAt.Behind(1_500))).isEqualTo("key51800@51800");
    }

    @Test
    void a_delay_beyond_the_window_starts_at_its_oldest_keyframe() {
      assertThat(startOf(new StartAt.Behind(3_600_000))).isEqualTo("key50000@50000");
    }

    @Test
    void a_negative_start_is_the_nearest_keyframe_so_far_behind() {
      assertThat(startOf(new StartAt.NearestBehind(1_000))).isEqualTo("key52700@52700");
      assertThat(stage.watch(new StartAt.NearestBehind(1_500)).tags()).contains("key51800@51800");
      assertThat(stage.watch(new StartAt.NearestBehind(60_000)).tags()).contains("key50000@50000");
    }

    @Test
    void a_positive_start_is_the_last_keyframe_up_to_that_time() {
      assertThat(startOf(new StartAt.Pts(52_000))).isEqualTo("key51800@51800");
    }

    @Test
    void a_positive_start_before_the_window_is_the_first_keyframe_after_it() {
      assertThat(startOf(new StartAt.Pts(1))).isEqualTo("key50000@50000");
    }

    @Test
    void a_positive_start_ahead_of_the_stream_is_the_newest_keyframe() {
      assertThat(startOf(new StartAt.Pts(99_000))).isEqualTo("key53600@53600");
    }

    @Test
    void who_starts_behind_misses_nothing_for_that() {
      runs();

      ViewerProbe viewer = stage.watch(new StartAt.Behind(2_700));

      assertThat(viewer.tags()).hasSize(3 + 8).endsWith("key53600@53600", "inter53640@53640");
    }
  }

  @Nested
  class Filters {
    @Test
    void only_audio_joins_where_the_newest_keyframe_is_and_tells_the_truth() {
      stage.start(FlvScript.opening().key(0).audio(10).key(40).audio(50).inter(80).audio(90));

      ViewerProbe viewer = stage.watch(RenditionKind.AUDIO);
      stage.send(new FlvScript().inter(120).audio(130));

      assertThat(viewer.header().hasAudio()).isTrue();
      assertThat(viewer.header().hasVideo()).isFalse();
      assertThat(viewer.tags())
          .containsExactly("script@0", "a1@0", "audio50@50", "audio90@90", "audio130@130");
    }

    @Test
    void a_filter_switched_on_late_reaches_as_far_back_as_its_first_viewer_wants() {
      stage.start(FlvScript.opening().key(0).audio(10).key(900).audio(910).key(1_800).audio(1_810));

      ViewerProbe viewer = stage.watch(RenditionKind.AUDIO, new StartAt.Behind(1_700));

      assertThat(viewer.tags()).contains("audio10@10", "audio910@910", "audio1810@1810");
    }

    @Test
    void only_video_has_no_audio() {
      stage.start(FlvScript.opening().key(0).audio(10).inter(40));

      ViewerProbe viewer = stage.watch(RenditionKind.VIDEO);
      stage.send(new FlvScript().audio(50).inter(80));

      assertThat(viewer.header().hasAudio()).isFalse();
      assertThat(viewer.tags())
          .containsExactly("script@0", "v1@0", "key0@0", "inter40@40", "inter80@80");
    }

    @Test
    void a_filter_that_nobody_watches_any_more_starts_anew_for_the_next_viewer() {
      stage.start(FlvScript.opening().key(0).audio(10));
      stage.watch(RenditionKind.AUDIO).leaves();
      stage.send(new FlvScript().key(40).audio(50));

      ViewerProbe next = stage.watch(RenditionKind.AUDIO);

      assertThat(next.tags()).containsExactly("script@0", "a1@0", "audio50@50");
    }
  }

  @Nested
  class Refusals {
    @Test
    void a_4xx_of_the_origin_is_the_answer_for_all_who_wait() {
      CompletableFuture<LiveAnswer> first = stage.ask();
      CompletableFuture<LiveAnswer> second = stage.ask();

      stage.origins.last().answers(404, "text/plain", "no such stream");

      assertThat(first.join()).isInstanceOf(LiveAnswer.Refused.class);
      LiveAnswer.Refused refused = (LiveAnswer.Refused) second.join();
      assertThat(refused.answer().status()).isEqualTo(404);
      assertThat(refused.answer().body()).asString().isEqualTo("no such stream");
    }

    @Test
    void nothing_of_a_refusal_is_kept_for_the_next_request() {
      stage.ask();
      stage.origins.last().answers(404, "text/plain", "no");

      stage.ask();

      assertThat(stage.origins.count()).isEqualTo(2);
    }

    @Test
    void an_origin_without_an_answer_is_a_timeout() {
      CompletableFuture<LiveAnswer> answer = stage.ask();

      stage.pass(Duration.ofSeconds(6));

      assertThat(answer.join()).isEqualTo(new LiveAnswer.Failed(true, "no answer"));
      assertThat(stage.origins.openCount()).isZero();
    }

    @Test
    void a_refusal_that_never_ends_is_passed_on_as_far_as_it_came() {
      CompletableFuture<LiveAnswer> answer = stage.ask();
      stage.origins.last().says(503, "half a pa");

      stage.pass(Duration.ofSeconds(6));

      LiveAnswer.Refused refused = (LiveAnswer.Refused) answer.join();
      assertThat(refused.answer().status()).isEqualTo(503);
      assertThat(refused.answer().body()).asString().isEqualTo("half a pa");
    }

    @Test
    void an_origin_that_refuses_the_connection_is_a_failure() {
      CompletableFuture<LiveAnswer> answer = stage.ask();

      stage.origins.last().fails(PullFailure.CONNECT_FAILED);

      assertThat(answer.join()).isEqualTo(new LiveAnswer.Failed(false, "scripted"));
    }

    @Test
    void a_page_instead_of_a_stream_is_a_failure() {
      CompletableFuture<LiveAnswer> answer = stage.ask();

      stage.origins.last().streams().sends("<html>login</html>".getBytes(StandardCharsets.UTF_8));

      assertThat(answer.join()).isInstanceOf(LiveAnswer.Failed.class);
      assertThat(((LiveAnswer.Failed) answer.join()).isTimeout()).isFalse();
    }

    @Test
    void with_several_failing_origins_the_last_http_answer_counts() {
      LiveStage two = LiveStage.withOrigins(2);
      CompletableFuture<LiveAnswer> answer = two.ask();

      two.origins.last().answers(503, "text/plain", "busy");
      two.origins.last().fails(PullFailure.CONNECT_FAILED);

      assertThat(((LiveAnswer.Refused) answer.join()).answer().status()).isEqualTo(503);
    }
  }

  @Nested
  class Ends {
    @Test
    void a_stream_whose_origin_ends_it_and_then_denies_it_ends_cleanly() {
      ViewerProbe viewer = stage.start(FlvScript.opening().key(0).inter(40));

      stage.origins.last().ends();
      stage.origins.last().answers(404, "text/plain", "over");
      stage.pass(Duration.ofMillis(1));

      assertThat(viewer.tags()).endsWith("key0@0", "inter40@40");
      assertThat(viewer.end()).isEqualTo("end:stream-ended");
    }

    @Test
    void a_viewer_that_lags_gets_every_byte_and_then_the_end() {
      ViewerProbe viewer = stage.start(FlvScript.opening().key(0));
      viewer.getsStuck();
      stage.send(new FlvScript().inter(40));
      for (int millis = 80; millis < 400; millis += 40) {
        stage.send(new FlvScript().large(millis, 60_000));
      }
      stage.origins.last().ends();
      stage.origins.last().answers(404, "text/plain", "over");
      viewer.forgetTags();

      viewer.recovers();
      stage.pass(Duration.ofMillis(1));

      assertThat(viewer.tags()).hasSize(8);
      assertThat(viewer.end()).isEqualTo("end:stream-ended");
    }

    @Test
    void a_vanished_origin_is_waited_for_and_then_viewers_are_reset() {
      ViewerProbe viewer = stage.start(FlvScript.opening().key(0));
      stage.origins.last().fails(PullFailure.RESET);

      for (int i = 0; i < 100 && viewer.end().isEmpty(); i++) {
        if (stage.origins.openCount() > 0) {
          stage.origins.last().fails(PullFailure.CONNECT_FAILED);
        }
        stage.pass(Duration.ofMillis(250));
      }

      assertThat(viewer.end()).isEqualTo("reset:origin-lost");
      assertThat(stage.loop.nanoTime()).isGreaterThanOrEqualTo(10_000_000_000L);
    }

    @Test
    void the_hold_ends_in_time_even_if_an_origin_takes_its_time_to_answer() {
      ViewerProbe viewer = stage.start(FlvScript.opening().key(0));
      stage.origins.last().fails(PullFailure.RESET);
      stage.pass(Duration.ofSeconds(6));
      assertThat(stage.origins.count()).isEqualTo(3);

      stage.pass(Duration.ofMillis(3_900));
      assertThat(viewer.end()).isEmpty();
      stage.pass(Duration.ofMillis(200));

      assertThat(viewer.end()).isEqualTo("reset:origin-lost");
      assertThat(stage.origins.openCount()).isZero();
    }

    @Test
    void an_origin_that_ends_at_once_each_time_is_not_asked_in_a_hot_loop() {
      ViewerProbe viewer = stage.start(FlvScript.opening().key(0));
      for (int i = 0; i < 1_000; i++) {
        if (stage.origins.openCount() > 0) {
          stage
              .origins
              .last()
              .streams()
              .sends(FlvScript.opening().key(0, "key" + i).bytes())
              .ends();
        }
        stage.pass(Duration.ofMillis(10));
      }

      assertThat(stage.origins.count()).isBetween(5, 20);
      assertThat(viewer.end()).isEmpty();
    }

    @Test
    void while_holding_a_new_viewer_gets_the_newest_group_and_waits() {
      stage.start(FlvScript.opening().key(0).inter(40));
      stage.origins.last().fails(PullFailure.RESET);

      ViewerProbe late = stage.watch();

      assertThat(late.tags()).endsWith("key0@0", "inter40@40");
      assertThat(late.end()).isEmpty();
    }

    @Test
    void time_that_reaches_two_to_the_31_resets_viewers_and_begins_anew_below() {
      long nearTheEnd = (1L << 31) - 80;
      ViewerProbe viewer = stage.start(FlvScript.opening().key(nearTheEnd).inter(nearTheEnd + 40));
      stage.send(new FlvScript().key(nearTheEnd + 80));
      assertThat(viewer.end()).isEqualTo("reset:rebased");
      assertThat(viewer.tags()).endsWith("inter" + (nearTheEnd + 40) + "@" + (nearTheEnd + 40));

      ViewerProbe again = stage.start(FlvScript.opening().key(nearTheEnd + 120, "anew"));

      assertThat(again.tags()).endsWith("anew@0");
    }

    @Test
    void a_stalled_origin_is_left_after_the_stall_timeout() {
      stage.start(FlvScript.opening().key(0));

      stage.pass(Duration.ofMillis(2_900));
      assertThat(stage.origins.count()).isEqualTo(1);
      stage.pass(Duration.ofMillis(200));

      assertThat(stage.origins.count()).isEqualTo(2);
    }

    @Test
    void a_stream_without_viewers_stops_after_the_idle_timeout_and_not_before() {
      ViewerProbe viewer = stage.start(FlvScript.opening().key(0));
      viewer.leaves();
      passWithMedia(29);
      assertThat(stage.origins.openCount()).isEqualTo(1);

      passWithMedia(2);

      assertThat(stage.origins.openCount()).isZero();
      assertThat(stage.service.streamCount()).isZero();
    }

    @Test
    void a_viewer_that_comes_back_in_time_uses_the_running_pull() {
      stage.start(FlvScript.opening().key(0)).leaves();
      passWithMedia(20);

      stage.watch();
      passWithMedia(60);

      assertThat(stage.origins.count()).isEqualTo(1);
      assertThat(stage.origins.openCount()).isEqualTo(1);
    }

    private void passWithMedia(int seconds) {
      for (int i = 0; i < seconds; i++) {
        stage.pass(Duration.ofSeconds(1));
        long millis = stage.loop.nanoTime() / 1_000_000;
        if (stage.origins.openCount() > 0) {
          stage.send(new FlvScript().key(millis / 900 * 40 + i));
        }
      }
    }
  }

  @Nested
  class Failover {
    private final LiveStage two = LiveStage.withOrigins(2);

    @Test
    void another_stream_asks_an_origin_that_cannot_be_reached_last() {
      two.ask("/live/a.flv", RenditionKind.FULL);
      two.origins.last().fails(PullFailure.CONNECT_FAILED);
      assertThat(two.origins.last().url()).startsWith("http://origin1/");

      two.ask("/live/b.flv", RenditionKind.FULL);

      assertThat(two.origins.last().url()).isEqualTo("http://origin1/live/b.flv");
    }

    @Test
    void one_stream_tries_it_first_again_after_a_while() {
      two.ask("/live/a.flv", RenditionKind.FULL);
      two.origins.last().fails(PullFailure.CONNECT_FAILED);

      two.pass(Duration.ofMillis(500));
      two.ask("/live/b.flv", RenditionKind.FULL);
      String probe = two.origins.last().url();
      two.ask("/live/c.flv", RenditionKind.FULL);

      assertThat(probe).isEqualTo("http://origin0/live/b.flv");
      assertThat(two.origins.last().url()).isEqualTo("http://origin1/live/c.flv");
    }

    @Test
    void a_group_that_the_origin_repeats_from_before_the_wrap_of_its_time_comes_once() {
      long wrap = 1L << 32;
      ViewerProbe viewer = stage.start(FlvScript.opening().key(wrap - 60).inter(wrap - 20));
      stage.send(new FlvScript().inter(20));
      viewer.forgetTags();

      stage.send(new FlvScript().key(wrap - 60).inter(wrap - 20).inter(20).inter(60));

      assertThat(viewer.tags()).containsExactly("inter60@120");
    }

    @Test
    void viewers_stay_and_time_goes_on_at_a_keyframe_of_the_next_origin() {
      ViewerProbe viewer = two.start(FlvScript.opening().key(5_000).audio(5_010).inter(5_040));
      viewer.forgetTags();

      two.origins.last().fails(PullFailure.RESET);
      two.origins.last().fails(PullFailure.CONNECT_FAILED);
      two.origins.last().streams();
      two.send(FlvScript.opening().inter(900_000).key(900_040, "other").audio(900_050));

      assertThat(two.origins.last().url()).isEqualTo("http://origin1/live/s.flv");
      assertThat(viewer.tags()).containsExactly("other@5080", "audio900050@5090");
      assertThat(viewer.end()).isEmpty();
    }

    @Test
    void a_changed_configuration_comes_with_the_keyframe() {
      ViewerProbe viewer = two.start(FlvScript.opening().key(5_000));
      viewer.forgetTags();

      two.pass(Duration.ofSeconds(4));
      two.origins.last().streams();
      two.send(
          new FlvScript().header(true, true).videoConfig("v2").audioConfig("a1").key(70, "other"));

      assertThat(viewer.tags()).containsExactly("v2@5040", "a1@5040", "other@5040");
    }

    @Test
    void what_the_next_origin_repeats_of_the_group_comes_only_once() {
      ViewerProbe viewer =
          two.start(FlvScript.opening().key(5_000).audio(5_010).inter(5_040).audio(5_050));
      viewer.forgetTags();

      two.pass(Duration.ofSeconds(4));
      two.origins.last().streams();
      two.send(
          FlvScript.opening()
              .key(70, "key5000")
              .tag(8, 80, FlvScript.audioBody(5_010))
              .tag(9, 110, FlvScript.interBody(5_040))
              .tag(8, 120, FlvScript.audioBody(5_050))
              .tag(9, 150, FlvScript.interBody(5_080)));

      assertThat(viewer.tags()).containsExactly("inter5080@5080");
    }

    @Test
    void an_origin_that_repeats_its_last_group_on_the_same_connection_is_not_believed() {
      ViewerProbe viewer = two.start(FlvScript.opening().key(5_000).inter(5_040));
      viewer.forgetTags();

      two.send(FlvScript.opening().key(5_000).inter(5_040).inter(5_080));

      assertThat(viewer.tags()).endsWith("inter5080@5080").doesNotContain("key5000@5000");
    }

    @Test
    void an_origin_without_a_keyframe_is_left_and_the_hold_goes_on_meanwhile() {
      ViewerProbe viewer = two.start(FlvScript.opening().key(0).inter(40));
      two.origins.last().fails(PullFailure.RESET);
      two.origins.last().fails(PullFailure.CONNECT_FAILED);
      two.origins.last().streams();

      for (int i = 0; i < 60; i++) {
        two.origins.last().sends(FlvScript.framesOnly(i).bytes());
        two.pass(Duration.ofMillis(100));
      }

      assertThat(two.origins.count()).isGreaterThan(3);
      two.pass(Duration.ofSeconds(5));
      assertThat(viewer.end()).isEqualTo("reset:origin-lost");
    }

    @Test
    void a_restart_without_pictures_goes_on_with_the_sound() {
      ViewerProbe viewer = two.start(FlvScript.opening().key(5_000).audio(5_010));
      viewer.forgetTags();

      two.send(
          new FlvScript().header(true, false).audioConfig("a1").audio(0).audio(500).audio(1_000));

      assertThat(viewer.tags()).containsExactly("audio1000@5050");
      assertThat(two.watch().header().hasVideo()).isFalse();
    }

    @Test
    void within_the_hold_down_there_is_no_second_switch() {
      two.start(FlvScript.opening().key(0));
      two.pass(Duration.ofSeconds(4));
      two.origins.last().streams();
      two.send(FlvScript.opening().key(0));
      assertThat(two.origins.last().url()).isEqualTo("http://origin1/live/s.flv");

      two.origins.last().fails(PullFailure.RESET);

      assertThat(two.origins.last().url()).isEqualTo("http://origin1/live/s.flv");
      two.origins.last().fails(PullFailure.CONNECT_FAILED);
      two.pass(Duration.ofSeconds(1));
      assertThat(two.origins.last().url()).isEqualTo("http://origin1/live/s.flv");
    }

    @Test
    void within_the_hold_down_the_word_of_one_origin_does_not_end_the_stream() {
      ViewerProbe viewer = two.start(FlvScript.opening().key(0));
      two.pass(Duration.ofSeconds(4));
      two.origins.last().streams();
      two.send(FlvScript.opening().key(0));
      two.pass(Duration.ofSeconds(2));

      two.origins.last().ends();
      two.origins.last().answers(404, "text/plain", "not here");

      assertThat(viewer.end()).isEmpty();
    }
  }

  @Nested
  class DamagedInput {
    @Test
    void garbage_between_tags_costs_the_frames_up_to_the_next_keyframe() {
      ViewerProbe viewer = stage.start(FlvScript.opening().key(0).inter(40));
      viewer.forgetTags();

      stage.origins.last().sends("<html>oops, a page</html>".getBytes(StandardCharsets.UTF_8));
      stage.send(new FlvScript().inter(80).key(120).inter(160).large(200, 20_000).inter(240));

      assertThat(viewer.tags()).contains("key120@120", "inter160@160").doesNotContain("inter80@80");
      assertThat(stage.origins.count()).isEqualTo(1);
    }

    @Test
    void a_second_header_is_a_restart_and_time_goes_on() {
      ViewerProbe viewer = stage.start(FlvScript.opening().key(7_000).inter(7_040));
      viewer.forgetTags();

      stage.send(FlvScript.opening().key(0, "again").inter(40).inter(80));

      assertThat(viewer.tags()).startsWith("again@7080", "inter40@7120");
      assertThat(viewer.end()).isEmpty();
    }

    @Test
    void a_megabyte_without_a_tag_ends_the_pull() {
      stage.start(FlvScript.opening().key(0));

      stage.origins.last().sends(new byte[3 << 20]);
      stage.pass(Duration.ofMillis(1));

      assertThat(stage.origins.count()).isEqualTo(2);
    }
  }

  @Nested
  class Fairness {
    @Test
    void a_fault_of_one_viewer_does_not_stop_the_others() {
      others_go_on_when_one_meets(new IllegalStateException("scripted"));
    }

    @Test
    void a_viewer_for_whom_there_is_no_memory_does_not_stop_the_others() {
      others_go_on_when_one_meets(new OutOfMemoryError("scripted"));
    }

    private void others_go_on_when_one_meets(Throwable fault) {
      ViewerProbe faulty = stage.start(FlvScript.opening().key(0));
      ViewerProbe healthy = stage.watch();
      faulty.meets(fault);

      stage.send(new FlvScript().inter(40));
      stage.pass(Duration.ofSeconds(1));
      stage.send(new FlvScript().inter(80));
      stage.pass(Duration.ofSeconds(1));

      assertThat(faulty.end()).isEqualTo("reset:internal");
      assertThat(healthy.tags()).endsWith("inter40@40", "inter80@80");
    }

    @Test
    void a_drain_spreads_viewers_over_its_time() {
      List<ViewerProbe> viewers = new ArrayList<>();
      viewers.add(stage.start(FlvScript.opening().key(0)));
      for (int i = 1; i < 10; i++) {
        viewers.add(stage.watch());
      }

      stage.service.drain(Duration.ofSeconds(2));
      stage.pass(Duration.ofSeconds(1));

      assertThat(viewers.stream().filter(viewer -> viewer.end().isEmpty()).count()).isEqualTo(5);
      stage.pass(Duration.ofSeconds(1));
      assertThat(viewers).allSatisfy(viewer -> assertThat(viewer.end()).isEqualTo("reset:drain"));
    }
  }

  @Nested
  class Limits {
    @Test
    void who_finds_no_room_makes_no_origin_work() {
      stage.service.limit(1, 0);
      stage.start(FlvScript.opening().key(0));

      LiveAnswer answer = stage.ask("/live/other.flv", RenditionKind.FULL).join();

      assertThat(answer).isEqualTo(new LiveAnswer.Overloaded("viewers"));
      assertThat(stage.origins.count()).isEqualTo(1);
      assertThat(stage.service.streamCount()).isEqualTo(1);
    }

    @Test
    void who_waits_for_the_origin_takes_room_and_gives_it_back_when_refused() {
      stage.service.limit(1, 1);
      CompletableFuture<LiveAnswer> first = stage.ask();
      assertThat(stage.ask().join()).isEqualTo(new LiveAnswer.Overloaded("viewersPerStream"));

      stage.origins.last().answers(404, "text/plain", "no such stream");
      assertThat(first.join()).isInstanceOf(LiveAnswer.Refused.class);

      assertThat(stage.ask()).isNotDone();
    }
  }

  @Nested
  class Memory {
    private void twoGroups() {
      stage.start(FlvScript.opening().key(0).large(40, 200_000));
      stage.send(new FlvScript().key(1_000).large(1_040, 200_000));
    }

    @Test
    void near_its_limit_windows_keep_the_newest_group_only() {
      twoGroups();
      long before = stage.memory.bytes();
      stage.service.limitMemory(before);

      stage.send(new FlvScript().inter(1_080));

      assertThat(stage.memory.bytes()).isLessThan(before - 150_000);
      assertThat(stage.watch().tags()).endsWith("inter1080@1080");
    }

    @Test
    void near_its_limit_there_are_no_new_viewers() {
      twoGroups();
      stage.service.limitMemory(stage.memory.bytes());

      assertThat(stage.ask().join()).isEqualTo(new LiveAnswer.Overloaded("memory"));
      assertThat(stage.ask("/live/other.flv", RenditionKind.FULL).join())
          .isEqualTo(new LiveAnswer.Overloaded("memory"));
      assertThat(stage.origins.count()).isEqualTo(1);
    }

    @Test
    void beyond_its_limit_the_slowest_go_first_and_who_holds_nothing_stays() {
      ViewerProbe slowest = stage.start(FlvScript.opening().key(0));
      ViewerProbe slow = stage.watch();
      ViewerProbe healthy = stage.watch();
      slowest.getsStuck();
      stage.send(new FlvScript().inter(40));
      stage.send(new FlvScript().inter(600).inter(1_200).inter(1_800));
      slow.getsStuck();
      stage.send(new FlvScript().inter(1_840));
      stage.send(new FlvScript().inter(2_100).inter(2_200));

      stage.service.limitMemory(1);
      goesOnUntilTheEndOf(slowest, 2_400);

      assertThat(slowest.end()).isEqualTo("reset:memory");
      assertThat(slow.end()).isEmpty();
      goesOnUntilTheEndOf(slow, 10_000);
      assertThat(slow.end()).isEqualTo("reset:memory");
      assertThat(healthy.end()).isEmpty();
    }

    private void goesOnUntilTheEndOf(ViewerProbe viewer, long fromMillis) {
      for (int i = 0; viewer.end().isEmpty() && i < 100; i++) {
        stage.send(new FlvScript().inter(fromMillis + i * 50L));
        stage.pass(Duration.ofMillis(50));
      }
    }

    @Test
    void beyond_its_limit_streams_go_when_no_viewer_is_left_to_blame() {
      ViewerProbe healthy = stage.start(FlvScript.opening().key(0));
      stage.service.limitMemory(1);

      for (int i = 1; i < 200 && healthy.end().isEmpty(); i++) {
        stage.send(new FlvScript().inter(i * 40L));
        stage.pass(Duration.ofMillis(40));
      }

      assertThat(healthy.end()).isEqualTo("reset:memory");
      assertThat(stage.memory.bytes()).isZero();
    }
  }

  @Nested
  class SlowViewers {
    private final LiveStage small =
        new LiveStage(
            LiveConfig.builder("/live/")
                .origin("http://origin0/live/")
                .maxLag(Duration.ofSeconds(2))
                .build());

    @Test
    void a_viewer_that_lags_too_far_goes_on_at_the_newest_keyframe() {
      ViewerProbe viewer = small.start(FlvScript.opening().key(0));
      viewer.getsStuck();
      small.send(new FlvScript().inter(40));
      for (long i = 1; i <= 10; i++) {
        small.send(new FlvScript().key(i * 500).inter(i * 500 + 40));
      }
      viewer.forgetTags();

      viewer.recovers();
      small.pass(Duration.ofMillis(10));

      assertThat(viewer.tags()).containsExactly("key5000@5000", "inter5040@5040");
    }

    @Test
    void a_viewer_that_lags_a_little_misses_nothing() {
      ViewerProbe viewer = small.start(FlvScript.opening().key(0));
      viewer.getsStuck();
      small.send(new FlvScript().inter(40));
      small.send(new FlvScript().inter(80).key(500).inter(540));
      viewer.forgetTags();

      viewer.recovers();
      small.pass(Duration.ofMillis(10));

      assertThat(viewer.tags()).containsExactly("inter80@80", "key500@500", "inter540@540");
    }

    @Test
    void a_changed_configuration_is_sent_before_the_keyframe_of_a_jump() {
      ViewerProbe viewer = small.start(FlvScript.opening().key(0));
      viewer.getsStuck();
      small.send(new FlvScript().inter(40));
      for (long i = 1; i <= 9; i++) {
        small.send(new FlvScript().key(i * 500));
      }
      small.send(new FlvScript().videoConfig("v2").key(5_000));
      viewer.forgetTags();

      viewer.recovers();
      small.pass(Duration.ofMillis(10));

      assertThat(viewer.tags()).containsExactly("v2@5000", "a1@5000", "key5000@5000");
    }

    @Test
    void a_configuration_that_changed_and_changed_back_is_sent_before_a_jump_too() {
      ViewerProbe viewer = small.start(FlvScript.opening().key(0));
      small.send(new FlvScript().videoConfig("v2").key(40));
      viewer.getsStuck();
      small.send(new FlvScript().inter(80));
      for (long i = 1; i <= 9; i++) {
        small.send(new FlvScript().key(i * 500));
      }
      small.send(new FlvScript().videoConfig("v1").key(5_000));
      viewer.forgetTags();

      viewer.recovers();
      small.pass(Duration.ofMillis(10));

      assertThat(viewer.tags()).containsExactly("v1@5000", "a1@5000", "key5000@5000");
    }

    @Test
    void a_viewer_that_takes_nothing_is_closed_at_its_deadline() {
      ViewerProbe viewer = small.start(FlvScript.opening().key(0));
      viewer.getsStuck();
      for (long i = 1; i <= 25 && viewer.end().isEmpty(); i++) {
        small.send(new FlvScript().key(i * 500));
        small.pass(Duration.ofSeconds(1));
      }

      assertThat(viewer.end()).isEqualTo("reset:stalled");
    }
  }
}
