package io.flvkit.edge.netty;

import java.util.Arrays;
import java.util.function.LongSupplier;

/** Counts what a client does, anew every 10 s. Confined to the event loop. */
final class Rates {
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final LongSupplier nanoTime;
  private final int[] counts;
  private long windowStart;

  /**
   * @param kinds how many kinds of things are counted
   */
  Rates(int kinds, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.counts = new int[kinds];
    this.windowStart = nanoTime.getAsLong();
  }

  /** Counts one more of a kind; returns whether that is more than the most in 10 s. */
  boolean exceeds(int kind, int most) {
    long now = nanoTime.getAsLong();
    if (now - windowStart >= WINDOW_NANOS) {
      windowStart = now;
      Arrays.fill(counts, 0);
    }
    return ++counts[kind] > most;
  }
}
