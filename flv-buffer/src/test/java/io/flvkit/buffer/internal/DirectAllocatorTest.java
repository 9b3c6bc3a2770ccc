package io.flvkit.buffer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.buffer.SegmentMemory;
import org.junit.jupiter.api.Test;

class DirectAllocatorTest {
  private final DirectAllocator allocator = new DirectAllocator(4096);

  @Test
  void released_memory_is_used_again_but_its_count_is_not() {
    SegmentMemory first = allocator.allocate(1024);
    first.release();

    SegmentMemory second = allocator.allocate(1024);

    assertThat(second.bytes()).isSameAs(first.bytes());
    assertThat(first.tryRetain()).isFalse();
    assertThat(first.isFree()).isTrue();
    assertThat(second.isFree()).isFalse();
  }

  @Test
  void memory_comes_back_with_the_last_release() {
    SegmentMemory memory = allocator.allocate(1024);
    assertThat(memory.tryRetain()).isTrue();

    memory.release();
    assertThat(allocator.freeBytes()).isZero();
    memory.release();

    assertThat(allocator.freeBytes()).isEqualTo(1024);
  }

  @Test
  void the_pool_is_bounded() {
    SegmentMemory[] memories = new SegmentMemory[5];
    for (int i = 0; i < memories.length; i++) {
      memories[i] = allocator.allocate(1024);
    }

    for (SegmentMemory memory : memories) {
      memory.release();
    }

    assertThat(allocator.freeBytes()).isEqualTo(4096);
  }

  @Test
  void odd_sizes_are_not_pooled() {
    allocator.allocate(1000).release();

    assertThat(allocator.freeBytes()).isZero();
    assertThat(allocator.allocate(1000).bytes().capacity()).isEqualTo(1000);
  }

  @Test
  void one_release_too_many_is_an_error() {
    SegmentMemory memory = allocator.allocate(1024);
    memory.release();

    assertThatThrownBy(memory::release).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_pool_below_zero_is_refused() {
    assertThatThrownBy(() -> new DirectAllocator(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
