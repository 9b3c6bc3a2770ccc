package io.flvkit.edge.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.edge.http.BadRequestException;
import io.flvkit.edge.http.Query;
import io.flvkit.edge.live.StartAt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartQueryTest {
  private static StartAt of(String query) {
    return StartQuery.of(Query.parse(query));
  }

  @Test
  void without_a_word_a_viewer_starts_at_the_newest_keyframe() {
    assertThat(of("")).isEqualTo(StartAt.NEWEST);
    assertThat(of("delay=0")).isEqualTo(StartAt.NEWEST);
    assertThat(of("startPts=0")).isEqualTo(StartAt.NEWEST);
  }

  @Test
  void a_delay_is_in_seconds_and_a_start_in_milliseconds() {
    assertThat(of("delay=5")).isEqualTo(new StartAt.Behind(5_000));
    assertThat(of("delay=2.5")).isEqualTo(new StartAt.Behind(2_500));
    assertThat(of("startPts=-3000")).isEqualTo(new StartAt.NearestBehind(3_000));
    assertThat(of("startPts=3000")).isEqualTo(new StartAt.Pts(3_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay=",
        "delay=-1",
        "delay=abc",
        "delay=1e3",
        "delay=999999999",
        "delay=1&delay=1",
        "delay=1&startPts=1",
        "startPts=",
        "startPts=1.5",
        "startPts=9223372036854775808",
        "startPts=-9223372036854775808"
      })
  void what_makes_no_sense_is_refused(String query) {
    assertThatThrownBy(() -> of(query)).isInstanceOf(BadRequestException.class);
  }
}
