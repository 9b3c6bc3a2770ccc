package io.flvkit.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WindowLimitsTest {
  @Test
  void the_usual_window_has_segments_of_16_KiB_to_1_MiB() {
    WindowLimits limits = WindowLimits.of(64 << 20, 10_000);

    assertThat(limits).isEqualTo(new WindowLimits(64 << 20, 10_000, 1 << 20, 16 << 10, 1 << 20));
  }

  @Test
  void the_smallest_window_holds_one_byte() {
    assertThat(WindowLimits.of(1, 0)).isEqualTo(new WindowLimits(1, 0, 1 << 10, 1, 1));
  }

  @Test
  void limits_that_bound_nothing_are_refused_by_name() {
    WindowLimits limits = WindowLimits.of(1000, 1000);

    assertThatThrownBy(() -> WindowLimits.of(0, 1000)).hasMessageContaining("maxBytes");
    assertThatThrownBy(() -> WindowLimits.of(1L << 41, 0)).hasMessageContaining("maxBytes");
    assertThatThrownBy(() -> WindowLimits.of(1, -1)).hasMessageContaining("maxMillis");
    assertThatThrownBy(() -> limits.withMaxRecords(0)).hasMessageContaining("maxRecords");
    assertThatThrownBy(() -> limits.withSegmentBytes(0, 1)).hasMessageContaining("minSegmentBytes");
    assertThatThrownBy(() -> limits.withSegmentBytes(2, 1)).hasMessageContaining("maxSegmentBytes");
  }
}
