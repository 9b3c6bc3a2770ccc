package io.flvkit.codec;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Compares the places that a keyframe index names with where key frames and sequence headers are.
 */
final class IndexCheck {
  private long[] expected = {};
  private boolean[] met = {};

  void expect(KeyframeIndex index) {
    expected = index.entries().stream().mapToLong(KeyframeIndex.Entry::position).sorted().toArray();
    met = new boolean[expected.length];
  }

  void add(FlvTag tag) {
    if (expected.length > 0 && (!tag.isCodedMedia() || tag.isKeyFrame())) {
      int found = Arrays.binarySearch(expected, tag.position());
      if (found >= 0) {
        met[found] = true;
      }
    }
  }

  void end(Consumer<FlvProblem> problems) {
    int missed = 0;
    long first = 0;
    for (int i = 0; i < met.length; i++) {
      if (!met[i] && (i == 0 || expected[i] != expected[i - 1])) {
        first = missed == 0 ? expected[i] : first;
        missed++;
      }
    }
    if (missed > 0) {
      String what = missed + " of " + met.length + " index entries name no key frame";
      problems.accept(FlvProblem.warning(FlvProblem.Kind.INDEX, first, what));
    }
  }
}
