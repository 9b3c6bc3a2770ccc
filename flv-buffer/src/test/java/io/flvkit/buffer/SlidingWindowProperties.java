package io.flvkit.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SlidingWindowProperties {
  @Property(tries = 1000)
  void the_window_agrees_with_a_list_under_any_sequence_of_operations(
      @ForAll("limits") WindowLimits limits, @ForAll("stories") List<WindowOperation> story) {
    WindowStory told = new WindowStory(limits);

    for (WindowOperation operation : story) {
      told.apply(operation);
      told.assertAgreement();
    }
  }

  @Property(tries = 300)
  void all_memory_comes_back_once_the_readers_have_let_go(
      @ForAll("limits") WindowLimits limits, @ForAll("stories") List<WindowOperation> story) {
    WindowStory told = new WindowStory(limits);
    story.forEach(told::apply);

    told.end();

    assertThat(told.allocator.liveBytes()).isZero();
    assertThat(told.window.stats().pinnedBytes()).isZero();
    assertThat(told.window.stats().segmentBytes()).isZero();
  }

  @Provide
  Arbitrary<WindowLimits> limits() {
    return BufferArbitraries.limits();
  }

  @Provide
  Arbitrary<List<WindowOperation>> stories() {
    return BufferArbitraries.stories();
  }
}
