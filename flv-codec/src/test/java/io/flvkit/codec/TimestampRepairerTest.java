package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampRepairerTest {
  private static final byte[] CLIP = Streams.clip(4000, time -> time);

  static Stream<String> intact() {
    return Media.intact();
  }

  @ParameterizedTest
  @MethodSource("intact")
  void a_good_stream_passes_bit_for_bit(String name) {
    byte[] bytes = Streams.through(Media.bytes(name));

    assertThat(Streams.through(bytes, FlvSteps.repairTimestamps())).isEqualTo(bytes);
  }

  @Test
  void a_jump_shifts_audio_and_video_together() {
    byte[] jumping = Streams.clip(4000, time -> time < 2000 ? time : time + 3_600_000);

    assertThat(repaired(jumping)).isEqualTo(CLIP);
  }

  @Test
  void a_restart_at_zero_goes_on() {
    byte[] restarting = Streams.clip(4000, time -> time % 2000);

    assertThat(repaired(restarting)).isEqualTo(CLIP);
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 31, 32})
  void a_wrap_is_undone_exactly(int bits) {
    long modulus = 1L << bits;
    byte[] wrapping = Streams.clip(4000, time -> (modulus - 2010 + time) % modulus);

    List<Long> times = times(repaired(wrapping));

    for (int i = 3; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 3)).isEqualTo(stepOf(times, i));
    }
    assertThat(times).allMatch(time -> time < 1L << 31);
  }

  /** 40 ms, except once where the output passes 2^31 and begins at 0 again. */
  private static long stepOf(List<Long> times, int i) {
    long step = times.get(i) - times.get(i - 3);
    return step < 0 && times.get(i) < 100 ? step : 40;
  }

  @Test
  void a_small_step_back_is_clamped_in_its_track_only() {
    List<FlvTag> tags = new ArrayList<>();
    for (long time : new long[] {0, 40, 80, 60, 120}) {
      tags.add(Streams.video(time, true));
      tags.add(Streams.audio(10L * tags.size()));
    }

    List<FlvTag> repaired = Feed.whole(repaired(Streams.of(tags))).tags;

    assertThat(repaired.stream().filter(FlvTag::isVideo).map(FlvTag::timestampMillis))
        .containsExactly(0L, 40L, 80L, 80L, 120L);
    assertThat(repaired.stream().filter(FlvTag::isAudio).map(FlvTag::timestampMillis))
        .containsExactly(10L, 30L, 50L, 70L, 90L);
  }

  @Test
  void a_pause_of_one_track_is_no_discontinuity() {
    List<FlvTag> tags = new ArrayList<>();
    for (int time = 0; time < 6000; time += 20) {
      tags.add(Streams.audio(time));
      if (time == 0 || time == 5000) {
        tags.add(Streams.video(time, true));
      }
    }
    byte[] stream = Streams.of(tags);

    assertThat(repaired(stream)).isEqualTo(stream);
  }

  @Test
  void a_stream_that_begins_beyond_what_players_read_begins_at_zero() {
    byte[] late = Streams.clip(4000, time -> 0xFFFF_0000L - 60_000 + time);

    assertThat(repaired(late)).isEqualTo(CLIP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ts_jump_forward",
        "ts_jump_forward_back",
        "ts_nonmono_jitter",
        "ts_nonmono_jump_back",
        "ts_reset_zero",
        "ts_sign31",
        "ts_wrap24_broken",
        "ts_wrap32"
      })
  void damaged_timestamps_become_monotonic_and_the_repair_is_idempotent(String name) {
    byte[] once = Streams.indexed(Media.bytes("damaged/" + name), repairing());

    assertThat(FlvInspectorTest.inspect(once).problems()).isEmpty();
    assertThat(Streams.through(once, FlvSteps.repairTimestamps())).isEqualTo(once);
  }

  @Test
  void each_repair_is_told() {
    List<FlvProblem> repairs = new ArrayList<>();

    Streams.through(
        Streams.clip(4000, time -> time % 2000), TimestampRepairer.create(repairs::add));

    assertThat(repairs).hasSize(1);
    assertThat(repairs.get(0).message()).contains("0 ms becomes 2000 ms");
  }

  private static FlvIndexer repairing() {
    return FlvIndexer.repairing(FlvLimits.defaults());
  }

  private static byte[] repaired(byte[] stream) {
    return Streams.through(stream, FlvSteps.repairTimestamps());
  }

  private static List<Long> times(byte[] stream) {
    return Feed.whole(stream).tags.stream().map(FlvTag::timestampMillis).toList();
  }
}
