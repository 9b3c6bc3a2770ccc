package io.flvkit.bench.macro.load;

/** Durations in microseconds, in buckets at most 3 % wide. */
public final class Histogram {
  private static final int SUB_BITS = 5;
  private static final int SUB = 1 << SUB_BITS;

  private final int[] counts = new int[40 * SUB];
  private long count;

  /** One more. */
  public void addNanos(long nanos) {
    counts[index(Math.max(0, nanos / 1_000))]++;
    count++;
  }

  /** How many there are. */
  public long count() {
    return count;
  }

  /** The duration that a share {@code q} does not exceed, 0 when there is none. */
  public double millis(double q) {
    long wanted = (long) Math.ceil(q * count);
    long seen = 0;
    for (int i = 0; i < counts.length && wanted > 0; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return micros(i) / 1_000.0;
      }
    }
    return 0;
  }

  private static int index(long micros) {
    if (micros < SUB) {
      return (int) micros;
    }
    int shift = 63 - Long.numberOfLeadingZeros(micros) - SUB_BITS;
    int index = (shift + 1) * SUB + (int) ((micros >>> shift) & (SUB - 1));
    return Math.min(index, 40 * SUB - 1);
  }

  private static long micros(int index) {
    int shift = index / SUB - 1;
    return shift < 0 ? index : (long) (SUB + index % SUB) << shift;
  }
}
