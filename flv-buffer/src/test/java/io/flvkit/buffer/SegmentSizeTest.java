package io.flvkit.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentSizeTest {
  private static final int KIB = 1 << 10;

  private final List<Integer> sizes = new ArrayList<>();
  private final SegmentAllocator allocator =
      bytes -> {
        sizes.add(bytes);
        return SegmentAllocator.direct(0).allocate(bytes);
      };
  private final SlidingWindow window =
      SlidingWindow.create(WindowLimits.of(64 << 20, 10_000), allocator);

  @Test
  void a_quiet_stream_takes_little() {
    for (int i = 0; i < 100; i++) {
      window.append(ByteBuffer.allocate(1000), 1, i * 1000L, 0);
    }

    assertThat(sizes).containsOnly(16 * KIB);
  }

  @Test
  void segments_grow_in_steps_to_half_a_second_or_more_of_the_stream() {
    for (int i = 0; i < 1000; i++) {
      window.append(ByteBuffer.allocate(5000), 1, i * 40L, 0); // 1 Mbit/s
    }

    assertThat(sizes).startsWith(16 * KIB, 64 * KIB, 64 * KIB).endsWith(64 * KIB, 64 * KIB);
  }

  @Test
  void segments_stop_growing_at_the_limit_and_shrink_with_the_stream() {
    for (int i = 0; i < 1000; i++) {
      window.append(ByteBuffer.allocate(50_000), 1, i * 10L, 0);
    }
    assertThat(sizes.get(sizes.size() - 1)).isEqualTo(1024 * KIB);

    for (int i = 0; i < 100; i++) {
      window.append(ByteBuffer.allocate(50_000), 1, 10_000 + i * 10_000L, 0);
    }
    assertThat(sizes.get(sizes.size() - 1)).isEqualTo(50_000);
  }

  @Test
  void a_record_larger_than_a_segment_gets_one_of_its_own() {
    window.append(ByteBuffer.allocate(5 << 20), 1, 0, 0);

    assertThat(sizes).containsExactly(5 << 20);
  }

  @Test
  void a_small_window_has_small_segments() {
    WindowLimits limits = WindowLimits.of(64 * KIB, 1000);

    assertThat(limits.maxSegmentBytes()).isEqualTo(8 * KIB);
    assertThat(limits.minSegmentBytes()).isEqualTo(8 * KIB);
  }
}
