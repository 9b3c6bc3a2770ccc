package io.flvkit.buffer;

import static io.flvkit.buffer.WindowText.append;
import static io.flvkit.buffer.WindowText.appendJoinPoint;
import static io.flvkit.buffer.WindowText.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RecordCursorTest {
  private final PoisoningAllocator allocator = new PoisoningAllocator();
  private final SlidingWindow window =
      SlidingWindow.create(WindowLimits.of(64, 1000).withSegmentBytes(16, 16), allocator);

  @Test
  void a_filtered_window_is_filled_from_the_records_of_another() {
    window.append(text("video1"), 9, 0, 0);
    window.append(text("audio1"), 8, 10, 0);
    window.append(text("video2"), 9, 40, 0);
    window.append(text("audio2"), 8, 50, 0);
    window.publish();
    SlidingWindow filtered = SlidingWindow.create(WindowLimits.of(1000, 1000), allocator);
    Cursor viewer = filtered.cursor(JoinAt.HEAD);

    try (RecordCursor records = window.records(window.tailPosition())) {
      while (records.next() == ReadStatus.READY) {
        if (records.kind() == 8) {
          filtered.append(records.bytes(), 8, records.clockMillis(), records.fingerprint());
        }
      }
    }
    filtered.publish();

    assertThat(WindowText.take(viewer)).isEqualTo("audio1audio2");
    assertThat(filtered.headClockMillis()).isEqualTo(50);
  }

  @Test
  void a_record_tells_its_join_point() {
    append(window, "a", 0);
    appendJoinPoint(window, "key", 10, "configuration");
    window.publish();

    try (RecordCursor records = window.records(0)) {
      records.next();
      assertThat(records.joinPoint()).isEmpty();
      records.next();
      assertThat(records.joinPoint()).contains(new JoinPoint(1, 10, 10, "configuration"));
    }
  }

  @Test
  void the_record_stays_good_while_the_window_moves_on() {
    append(window, "held 16 bytes...", 0);
    window.publish();

    try (RecordCursor records = window.records(0)) {
      records.next();
      for (int i = 0; i < 10; i++) {
        append(window, "passes it by....", 5000);
        window.publish();
      }

      assertThat(records.bytes()).isEqualTo(text("held 16 bytes..."));
      assertThat(records.next()).isEqualTo(ReadStatus.LAPPED);
    }
    assertThat(window.stats().pinnedBytes()).isZero();
  }

  @Test
  void after_the_last_record_there_is_none_to_ask_about() {
    append(window, "only", 0);
    window.close("ended");

    try (RecordCursor records = window.records(0)) {
      assertThat(records.next()).isEqualTo(ReadStatus.READY);
      assertThat(records.next()).isEqualTo(ReadStatus.CLOSED);
      assertThatThrownBy(records::kind).isInstanceOf(WindowException.class);
      assertThatThrownBy(records::bytes).isInstanceOf(WindowException.class);
    }
  }
}
