package io.flvkit.edge.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {
  private final List<String> faults = new ArrayList<>();
  private final Timeline timeline = new Timeline(faults::add);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_comes_before_the_first_media_never_ends_a_stream_by_its_time(boolean isScript) {
    assertThat(new Timeline(kind -> {}).placeAside(isScript, 0xFFFFFFFFL)).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_does_not_move_the_clock_does_not_move_it_to_the_limit_either(boolean isScript) {
    Timeline timeline = new Timeline(kind -> {});
    timeline.place(true, 60_000);

    assertThat(timeline.placeAside(isScript, 0xFFFFFFFFL)).isEqualTo(60_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 59_000, 61_000, 1_000_000})
  void a_configuration_far_from_the_media_comes_with_the_newest(long timestampMillis) {
    Timeline timeline = new Timeline(kind -> {});
    timeline.place(true, 60_000);

    assertThat(timeline.placeAside(false, timestampMillis)).isEqualTo(60_000);
    assertThat(timeline.placeAside(true, timestampMillis)).isEqualTo(timestampMillis);
    assertThat(timeline.placeAside(false, 60_040)).isEqualTo(60_040);
  }

  @Test
  void a_good_stream_passes_untouched_wherever_it_starts() {
    assertThat(timeline.place(true, 11_154_298)).isEqualTo(11_154_298);
    assertThat(timeline.place(false, 11_154_310)).isEqualTo(11_154_310);
    assertThat(timeline.place(true, 11_154_338)).isEqualTo(11_154_338);
    assertThat(faults).isEmpty();
  }

  @Test
  void audio_and_video_are_never_compared_to_find_a_step_back() {
    timeline.place(true, 1_500);

    assertThat(timeline.place(false, 600)).isEqualTo(600);
    assertThat(faults).isEmpty();
  }

  @Test
  void a_small_step_back_is_clamped() {
    timeline.place(true, 1_000);

    assertThat(timeline.place(true, 990)).isEqualTo(1_000);
    assertThat(timeline.place(true, 1_040)).isEqualTo(1_040);
    assertThat(faults).containsExactly("back-step");
  }

  @Test
  void a_jump_shifts_both_tracks_by_the_same() {
    timeline.place(true, 0);
    timeline.place(false, 5);
    timeline.place(true, 40);

    assertThat(timeline.place(true, 100_040)).isEqualTo(80);
    assertThat(timeline.place(false, 100_050)).isEqualTo(90);
    assertThat(faults).containsExactly("discontinuity");
  }

  @Test
  void a_restart_at_zero_goes_on_in_time() {
    timeline.place(true, 60_000);
    timeline.place(true, 60_040);

    assertThat(timeline.place(true, 0)).isEqualTo(60_080);
    assertThat(timeline.place(true, 40)).isEqualTo(60_120);
  }

  @Test
  void a_restart_at_zero_after_a_splice_from_far_ahead_is_one_discontinuity() {
    timeline.place(true, 0);
    timeline.splice();
    timeline.place(true, 57_000_000);

    assertThat(timeline.place(true, 0)).isEqualTo(80);
    assertThat(timeline.place(false, 10)).isEqualTo(90);
    assertThat(timeline.place(true, 40)).isEqualTo(120);
    assertThat(faults).containsExactly("discontinuity");
  }

  @Test
  void a_slow_track_beside_a_steady_one_is_no_jump() {
    timeline.place(true, 0);
    for (int millis = 0; millis <= 3_000; millis += 500) {
      timeline.place(false, millis);
    }

    assertThat(timeline.place(true, 3_000)).isEqualTo(3_000);
    assertThat(faults).isEmpty();
  }

  @Test
  void a_splice_goes_on_one_frame_later() {
    timeline.place(true, 1_000);
    timeline.place(true, 1_020);

    timeline.splice();

    assertThat(timeline.place(true, 777_000)).isEqualTo(1_040);
    assertThat(timeline.place(true, 777_020)).isEqualTo(1_060);
  }
}
