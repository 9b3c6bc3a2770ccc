package io.flvkit.buffer;

/** How large the next segment is: half a second to a second of the stream, within the limits. */
final class SegmentSize {
  private static final int GROWTH_MAX = 4;

  private SegmentSize() {}

  /** Size of the first segment of a window, whose first record has {@code recordBytes}. */
  static int first(WindowLimits limits, int recordBytes) {
    return Math.max(limits.minSegmentBytes(), recordBytes);
  }

  /**
   * Size of the segment after {@code full}, whose records took {@code millis} of the stream. A
   * power of two unless a limit cuts it, so that freed memory fits other windows; only a record
   * that is larger gets a segment of its own length.
   */
  static int next(WindowLimits limits, Segment full, long millis, int recordBytes) {
    long bytesPerSecond = full.writtenBytes() * 1000L / Math.max(1, millis);
    // A burst with one clock value must not look like a fast stream: grow in steps.
    long most = (long) full.capacityBytes() * GROWTH_MAX;
    long size = Long.highestOneBit(Math.min(most, bytesPerSecond));
    return (int)
        Math.max(
            recordBytes,
            Math.max(limits.minSegmentBytes(), Math.min(limits.maxSegmentBytes(), size)));
  }
}
