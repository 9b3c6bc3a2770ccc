package io.flvkit.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How far one version of a file without an index was walked over for {@link SeekPlan}s, so that the
 * next one need not begin at its first tag: a mark for each megabyte, at most {@value #MARKS_MAX},
 * further apart in longer files. Not thread-safe.
 */
public final class SeekMemory {
  static final int MARKS_MAX = 4096;

  private static final long SPACING_BYTES = 1 << 20;

  private final List<SeekPlanner.Mark> marks = new ArrayList<>();
  private long spacingBytes;

  /** Remembers nothing yet. */
  public SeekMemory() {
    this(SPACING_BYTES);
  }

  SeekMemory(long spacingBytes) {
    this.spacingBytes = spacingBytes;
  }

  int marks() {
    return marks.size();
  }

  /** Whether a walk that has come to {@code position} should leave a mark. */
  boolean wantsMarkAt(long position) {
    return marks.isEmpty() || position >= marks.get(marks.size() - 1).position() + spacingBytes;
  }

  void add(SeekPlanner.Mark mark) {
    marks.add(mark);
    if (marks.size() == MARKS_MAX) {
      spacingBytes *= 2;
      for (int kept = 1; kept < marks.size(); kept++) {
        marks.remove(kept);
      }
    }
  }

  /** The last mark that {@code usable} accepts, which accepts none after one that it refused. */
  SeekPlanner.@Nullable Mark last(Predicate<SeekPlanner.Mark> usable) {
    int low = 0;
    int high = marks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (usable.test(marks.get(middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? null : marks.get(low - 1);
  }
}
