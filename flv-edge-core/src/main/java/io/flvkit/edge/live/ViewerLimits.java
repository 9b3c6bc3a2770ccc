package io.flvkit.edge.live;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How many may watch. Thread-safe; may be exceeded by as many as come in the same instant. */
final class ViewerLimits {
  private final AtomicInteger watching = new AtomicInteger();
  private volatile int viewers;
  private volatile int viewersPerStream;

  /** Sets the limits; 0 is none. Those who watch already stay. */
  void set(int all, int perStream) {
    viewers = all;
    viewersPerStream = perStream;
  }

  /** The key of the limit that keeps another viewer out, or null. */
  @Nullable String reached(int viewersOfStream) {
    if (viewersPerStream > 0 && viewersOfStream >= viewersPerStream) {
      return "viewersPerStream";
    }
    return viewers > 0 && watching.get() >= viewers ? "viewers" : null;
  }

  void entered() {
    watching.incrementAndGet();
  }

  void left() {
    watching.decrementAndGet();
  }
}
