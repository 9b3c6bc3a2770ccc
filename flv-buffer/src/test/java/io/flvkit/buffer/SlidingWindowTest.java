package io.flvkit.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
  private final SlidingWindow window =
      SlidingWindow.create(WindowLimits.of(1 << 20, 10_000), SegmentAllocator.direct(1 << 20));

  @Test
  void a_reader_gets_what_was_published() {
    Cursor cursor = window.cursor(JoinAt.HEAD);
    window.append(text("one"), 1, 0, 0);
    window.append(text("t"), text("wo"), 1, 40, 0);

    assertThat(cursor.next(100)).isEqualTo(ReadStatus.EMPTY);
    window.publish();

    assertThat(cursor.next(100)).isEqualTo(ReadStatus.READY);
    assertThat(take(cursor)).isEqualTo("onetwo");
    assertThat(cursor.next(100)).isEqualTo(ReadStatus.EMPTY);
  }

  private static String take(Cursor cursor) {
    Segment segment = cursor.segment();
    ByteBuffer view = segment.view(cursor.offset(), cursor.length());
    String text = StandardCharsets.US_ASCII.decode(view).toString();
    cursor.advance(cursor.length());
    segment.release();
    return text;
  }

  private static ByteBuffer text(String text) {
    return StandardCharsets.US_ASCII.encode(text);
  }
}
