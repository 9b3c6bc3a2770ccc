package io.flvkit.buffer;

import org.jspecify.annotations.Nullable;

/** How large the next segment is: about one second of the stream, within the limits. */
final class SegmentSize {
  private static final int GROWTH_MAX = 4;

  private SegmentSize() {}

  /**
   * A power of two within the limits, so that freed memory fits other windows; only a record that
   * is larger than that gets a segment of its own length.
   */
  static int next(WindowLimits limits, @Nullable Segment full, int recordBytes) {
    int size = limits.minSegmentBytes();
    if (full != null && full.records().count() > 0) {
      size = Math.max(size, Math.min(limits.maxSegmentBytes(), wanted(full)));
    }
    return Math.max(size, recordBytes);
  }

  private static int wanted(Segment full) {
    RecordIndex records = full.records();
    long millis = records.clockMillisOf(records.count() - 1) - records.clockMillisOf(0);
    long bytesPerSecond = full.writtenBytes() * 1000L / Math.max(1, millis);
    // A burst with one clock value must not look like a fast stream: grow in steps.
    long most = (long) full.capacityBytes() * GROWTH_MAX;
    return (int) Math.min(1 << 30, Long.highestOneBit(Math.max(1, Math.min(most, bytesPerSecond))));
  }
}
