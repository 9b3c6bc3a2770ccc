package io.flvkit.buffer;

import static io.flvkit.buffer.WindowText.append;
import static io.flvkit.buffer.WindowText.appendJoinPoint;
import static io.flvkit.buffer.WindowText.take;
import static io.flvkit.buffer.WindowText.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CursorTest {
  private final PoisoningAllocator allocator = new PoisoningAllocator();
  private final SlidingWindow window =
      SlidingWindow.create(WindowLimits.of(64, 1000).withSegmentBytes(32, 32), allocator);
  private final Cursor cursor = window.cursor(JoinAt.HEAD);

  @Test
  void a_run_ends_at_a_border_of_records() {
    append(window, "four", 0);
    append(window, "five5", 0);
    append(window, "six666", 0);
    window.publish();

    cursor.peek(14);

    assertThat(cursor.length()).isEqualTo(9);
  }

  @Test
  void a_run_is_at_least_one_record() {
    append(window, "a long record", 0);
    append(window, "next", 0);
    window.publish();

    cursor.peek(1);

    assertThat(cursor.length()).isEqualTo(13);
  }

  @Test
  void after_a_partial_write_the_rest_of_the_record_comes_first() {
    append(window, "a long record", 0);
    append(window, "next", 0);
    window.publish();

    cursor.peek(13);
    cursor.advance(2);
    cursor.peek(5);

    assertThat(cursor.position()).isEqualTo(2);
    assertThat(cursor.segment().view(cursor.offset(), cursor.length()))
        .isEqualTo(text("long record"));
  }

  @Test
  void a_record_never_straddles_segments() {
    append(window, "twenty bytes of text", 0);
    append(window, "twenty more of these", 0);
    window.publish();

    assertThat(take(cursor)).isEqualTo("twenty bytes of text");
    assertThat(take(cursor)).isEqualTo("twenty more of these");
  }

  @Test
  void a_reader_that_the_window_has_left_behind_is_told_and_goes_on_at_a_join_point() {
    append(window, "old", 0);
    window.publish();
    appendJoinPoint(window, "key", 5000, "configuration");
    window.publish();

    assertThat(cursor.next(100)).isEqualTo(ReadStatus.LAPPED);
    cursor.moveTo(window.newestJoinPoint().orElseThrow());

    assertThat(take(cursor)).isEqualTo("key");
  }

  @Test
  void a_lapped_reader_may_finish_the_run_it_holds() {
    append(window, "begun and held, 32 bytes of it..", 0);
    window.publish();
    cursor.next(100);
    ByteBuffer run = cursor.segment().view(cursor.offset(), cursor.length());
    cursor.advance(5);

    for (int i = 0; i < 10; i++) {
      append(window, "32 bytes that follow and pass it", 0);
      window.publish();
    }

    assertThat(window.stats().pinnedBytes()).isEqualTo(32);
    assertThat(run).isEqualTo(text("begun and held, 32 bytes of it.."));
    cursor.segment().release();
    assertThat(window.stats().pinnedBytes()).isZero();
    assertThat(cursor.next(100)).isEqualTo(ReadStatus.LAPPED);
  }

  @Test
  void memory_given_back_between_the_look_and_the_hold_cannot_be_held() {
    append(window, "looked at, and then given back..", 0);
    window.publish();
    cursor.peek(100);

    append(window, "32 bytes that follow and pass it", 5000);
    window.publish();

    assertThat(cursor.segment().tryRetain()).isFalse();
  }

  @Test
  void lag_is_bytes_and_media_time_not_yet_read() {
    append(window, "a", 100);
    append(window, "bc", 140);
    append(window, "d", 180);
    window.publish();

    assertThat(cursor.lagBytes()).isEqualTo(4);
    assertThat(cursor.lagMillis()).isEqualTo(80);
    cursor.peek(2);
    cursor.advance(1);
    assertThat(cursor.lagMillis()).isEqualTo(40);
    cursor.moveToHead();
    assertThat(cursor.lagBytes()).isZero();
    assertThat(cursor.lagMillis()).isZero();
  }

  @Test
  void a_reader_cannot_move_past_its_run() {
    append(window, "four", 0);
    window.publish();
    cursor.peek(100);

    assertThatThrownBy(() -> cursor.advance(5)).isInstanceOf(WindowException.class);
    assertThatThrownBy(() -> cursor.advance(-1)).isInstanceOf(WindowException.class);
    assertThatThrownBy(() -> cursor.next(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> window.cursor(JoinAt.HEAD).segment())
        .isInstanceOf(WindowException.class);
  }
}
