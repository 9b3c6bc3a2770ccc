package io.flvkit.buffer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The join points of one segment, oldest first. Only grows; one writer, any readers. */
final class JoinIndex {
  private static final JoinPoint[] NONE = {};

  private final AtomicReference<JoinPoint[]> points = new AtomicReference<>(NONE);
  private final AtomicInteger count = new AtomicInteger();

  /** Writer only. */
  void add(JoinPoint point) {
    int i = count.getPlain();
    JoinPoint[] to = points.getPlain();
    if (i == to.length) {
      to = Arrays.copyOf(to, Math.max(2, 2 * i));
      // Release; pairs with the acquire in `at`: the copied points come with the array.
      points.setRelease(to);
    }
    to[i] = point;
    // Release; pairs with the acquire in `count`: a counted point is there.
    count.setRelease(i + 1);
  }

  int count() {
    // Acquire; pairs with the release of the count in `add`.
    return count.getAcquire();
  }

  /** The point at an index below a {@link #count()} read before. */
  JoinPoint at(int i) {
    // Acquire; pairs with the release of the array in `add`.
    return points.getAcquire()[i];
  }

  @Nullable JoinPoint atPosition(long position) {
    int low = 0;
    int high = count() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      JoinPoint point = at(middle);
      if (point.position() == position) {
        return point;
      } else if (point.position() < position) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }
}
