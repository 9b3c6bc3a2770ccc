package io.flvkit.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Windows of readable text. */
final class WindowText {
  private WindowText() {}

  static ByteBuffer text(String text) {
    return StandardCharsets.US_ASCII.encode(text);
  }

  static void append(SlidingWindow window, String record, long clockMillis) {
    window.append(text(record), 1, clockMillis, 0);
  }

  /** A join point whose presentation time is its clock. */
  static void appendJoinPoint(
      SlidingWindow window, String record, long clockMillis, Object context) {
    window.markJoinPoint(clockMillis, context);
    append(window, record, clockMillis);
  }

  /** The next run, read to its end and released. */
  static String take(Cursor cursor) {
    return take(cursor, ReadStatus.READY);
  }

  static String take(Cursor cursor, ReadStatus expected) {
    assertThat(cursor.next(Integer.MAX_VALUE)).isEqualTo(expected);
    if (expected != ReadStatus.READY) {
      return "";
    }
    ByteBuffer run = cursor.segment().view(cursor.offset(), cursor.length());
    String text = StandardCharsets.US_ASCII.decode(run).toString();
    cursor.segment().release();
    cursor.advance(cursor.length());
    return text;
  }
}
