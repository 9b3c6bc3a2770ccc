package io.flvkit.buffer;

/**
 * Bounds of a {@link SlidingWindow}. The window drops its oldest record while one of these holds:
 *
 * <ul>
 *   <li>it has more than {@code maxBytes} bytes of records, or more than {@code maxRecords}
 *       records;
 *   <li>the record is more than {@code maxMillis} older than the newest one, by the window's clock,
 *       and lies before the newest join point (or there has never been a join point).
 * </ul>
 *
 * <p>So everything since the newest join point stays, up to {@code maxBytes} and {@code
 * maxRecords}. Memory taken is at most an eighth of {@code maxBytes} more for the segments at both
 * ends, what large records leave unused at the end of a segment, and about 20 bytes of heap a
 * record.
 *
 * @param maxBytes bytes of records kept, and the largest record accepted; at most 1 TiB
 * @param maxMillis media time kept, in milliseconds of the window's clock
 * @param maxRecords records kept
 * @param minSegmentBytes size of the first segment
 * @param maxSegmentBytes size up to which segments grow with the bitrate (a larger record gets a
 *     segment of its own)
 */
public record WindowLimits(
    long maxBytes, long maxMillis, int maxRecords, int minSegmentBytes, int maxSegmentBytes) {
  private static final int MIN_SEGMENT_BYTES = 16 << 10;
  private static final int MAX_SEGMENT_BYTES = 1 << 20;
  private static final int BYTES_PER_RECORD_MIN = 64;
  private static final int RECORDS_MIN = 1 << 10;

  public WindowLimits {
    check(maxBytes > 0 && maxBytes <= 1L << 40, "maxBytes", maxBytes);
    check(maxMillis >= 0, "maxMillis", maxMillis);
    check(maxRecords > 0, "maxRecords", maxRecords);
    check(minSegmentBytes > 0 && minSegmentBytes <= 1 << 30, "minSegmentBytes", minSegmentBytes);
    check(
        maxSegmentBytes >= minSegmentBytes && maxSegmentBytes <= 1 << 30,
        "maxSegmentBytes",
        maxSegmentBytes);
  }

  /**
   * Limits with segments of 16 KiB to 1 MiB, but no more than an eighth of the window, and a record
   * for each 64 bytes.
   */
  public static WindowLimits of(long maxBytes, long maxMillis) {
    int records = (int) Math.min(Integer.MAX_VALUE, maxBytes / BYTES_PER_RECORD_MIN);
    int eighth = (int) Long.highestOneBit(Math.max(1, Math.min(MAX_SEGMENT_BYTES, maxBytes / 8)));
    return new WindowLimits(
        maxBytes,
        maxMillis,
        Math.max(RECORDS_MIN, records),
        Math.min(MIN_SEGMENT_BYTES, eighth),
        eighth);
  }

  /** The same limits with another bound on records. */
  public WindowLimits withMaxRecords(int maxRecords) {
    return new WindowLimits(maxBytes, maxMillis, maxRecords, minSegmentBytes, maxSegmentBytes);
  }

  /** The same limits with other sizes of segments. */
  public WindowLimits withSegmentBytes(int minSegmentBytes, int maxSegmentBytes) {
    return new WindowLimits(maxBytes, maxMillis, maxRecords, minSegmentBytes, maxSegmentBytes);
  }

  private static void check(boolean holds, String name, long value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " " + value);
    }
  }
}
