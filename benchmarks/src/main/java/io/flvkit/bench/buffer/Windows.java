package io.flvkit.bench.buffer;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.ReadStatus;
import io.flvkit.buffer.SlidingWindow;
import io.flvkit.buffer.WindowLimits;

/** Windows of two-byte records for the stress tests, and what a reader sees of them as a number. */
final class Windows {
  static final int RECORD_BYTES = 2;
  static final int EMPTY = -1;
  static final int LAPPED = -2;
  static final int CLOSED = -3;

  private Windows() {}

  /** A window of so many records, so many of them in a segment. */
  static SlidingWindow ofRecords(int records, int recordsPerSegment) {
    int segmentBytes = recordsPerSegment * RECORD_BYTES;
    return SlidingWindow.create(
        WindowLimits.of((long) records * RECORD_BYTES, Long.MAX_VALUE)
            .withSegmentBytes(segmentBytes, segmentBytes),
        PoisonMemory.allocator());
  }

  /** Appends a record of two bytes with the same digit. */
  static void append(SlidingWindow window, int digit) {
    window.claim(RECORD_BYTES).put((byte) digit).put((byte) digit);
    window.commit(digit, digit, digit);
  }

  /** The first record of the next run as a number of two digits, or why there is none. */
  static int read(Cursor cursor) {
    ReadStatus status = cursor.next(RECORD_BYTES);
    return switch (status) {
      case EMPTY -> EMPTY;
      case LAPPED -> LAPPED;
      case CLOSED -> CLOSED;
      case READY -> {
        int offset = cursor.offset();
        int tens = cursor.segment().memory().bytes().get(offset);
        int ones = cursor.segment().memory().bytes().get(offset + 1);
        cursor.segment().release();
        cursor.advance(cursor.length());
        yield 10 * tens + ones;
      }
    };
  }
}
