package io.flvkit.buffer;

import static io.flvkit.buffer.WindowText.append;
import static io.flvkit.buffer.WindowText.appendJoinPoint;
import static io.flvkit.buffer.WindowText.take;
import static io.flvkit.buffer.WindowText.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
  private final PoisoningAllocator allocator = new PoisoningAllocator();

  private SlidingWindow window(long maxBytes, long maxMillis) {
    WindowLimits limits = WindowLimits.of(maxBytes, maxMillis).withSegmentBytes(16, 16);
    return SlidingWindow.create(limits, allocator);
  }

  @Nested
  class Publishing {
    @Test
    void a_reader_gets_what_was_published_and_nothing_before() {
      SlidingWindow window = window(1000, 1000);
      Cursor cursor = window.cursor(JoinAt.HEAD);
      append(window, "one", 0);
      append(window, "two", 40);

      assertThat(cursor.next(100)).isEqualTo(ReadStatus.EMPTY);
      window.publish();

      assertThat(take(cursor)).isEqualTo("onetwo");
      assertThat(cursor.next(100)).isEqualTo(ReadStatus.EMPTY);
    }

    @Test
    void a_record_may_come_in_two_pieces_which_stay_as_they_are() {
      SlidingWindow window = window(1000, 1000);
      Cursor cursor = window.cursor(JoinAt.HEAD);
      ByteBuffer first = text("-head").position(1);
      ByteBuffer second = text("body-").limit(4);

      window.append(first, second, 1, 0, 0);
      window.publish();

      assertThat(take(cursor)).isEqualTo("headbody");
      assertThat(first.remaining()).isEqualTo(4);
      assertThat(second.remaining()).isEqualTo(4);
    }

    @Test
    void a_writer_short_of_memory_keeps_what_came_since_the_newest_join_point() {
      SlidingWindow window = window(1000, 1000);
      appendJoinPoint(window, "old", 0, "a");
      append(window, "er", 40);
      appendJoinPoint(window, "new", 80, "b");
      append(window, "est", 120);
      window.publish();

      window.trim(0);

      assertThat(take(window.cursor(JoinAt.NEWEST_JOIN_POINT))).isEqualTo("newest");
      assertThat(window.stats().bytes()).isEqualTo(6);
    }

    @Test
    void trimming_an_empty_window_does_nothing() {
      SlidingWindow window = window(1000, 1000);

      window.trim(0);

      assertThat(window.stats().bytes()).isZero();
    }

    @Test
    void a_claim_is_written_in_place() {
      SlidingWindow window = window(1000, 1000);
      Cursor cursor = window.cursor(JoinAt.HEAD);

      window.claim(5).put((byte) 'a').putInt(0x62636465);
      window.commit(1, 0, 0);
      window.publish();

      assertThat(take(cursor)).isEqualTo("abcde");
    }

    @Test
    void a_claim_has_network_byte_order_whatever_was_set_before() {
      SlidingWindow window = window(1000, 1000);
      window.claim(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0);
      window.commit(1, 0, 0);

      assertThat(window.claim(4).order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    }

    @Test
    void an_abandoned_claim_leaves_no_trace() {
      SlidingWindow window = window(1000, 1000);
      Cursor cursor = window.cursor(JoinAt.HEAD);

      window.claim(10).put((byte) 'x');
      window.claim(100).put((byte) 'x');
      append(window, "seen", 0);
      window.publish();

      assertThat(take(cursor)).isEqualTo("seen");
      assertThat(allocator.liveBytes()).isEqualTo(window.stats().segmentBytes());
    }

    @Test
    void a_claim_half_filled_is_refused_because_recycled_memory_would_show() {
      SlidingWindow window = window(1000, 1000);

      window.claim(10).put((byte) 'x');

      assertThatThrownBy(() -> window.commit(1, 0, 0)).isInstanceOf(WindowException.class);
    }

    @Test
    void a_commit_needs_a_claim() {
      SlidingWindow window = window(1000, 1000);

      assertThatThrownBy(() -> window.commit(1, 0, 0)).isInstanceOf(WindowException.class);
    }

    @Test
    void records_that_could_not_be_kept_are_refused_with_their_position() {
      SlidingWindow window = window(10, 1000);
      append(window, "four", 0);

      assertThatThrownBy(() -> append(window, "eleven byte", 0))
          .isInstanceOfSatisfying(
              WindowException.class, e -> assertThat(e.position()).isEqualTo(4));
      assertThatThrownBy(() -> append(window, "", 0)).isInstanceOf(WindowException.class);
    }

    @Test
    void what_lies_unpublished_is_bounded_too() {
      SlidingWindow window = window(10, 1000);

      append(window, "12345", 0);
      append(window, "67890", 0);
      append(window, "abc", 0);

      assertThat(window.headPosition()).isEqualTo(10);
    }

    @Test
    void a_failing_allocator_leaves_the_window_as_it_was() {
      boolean[] isEmpty = {false};
      SlidingWindow window =
          SlidingWindow.create(
              WindowLimits.of(1000, 1000).withSegmentBytes(8, 8),
              bytes -> {
                if (isEmpty[0]) {
                  throw new OutOfMemoryError("no memory");
                }
                return allocator.allocate(bytes);
              });
      Cursor cursor = window.cursor(JoinAt.HEAD);
      append(window, "first", 0);

      isEmpty[0] = true;
      assertThatThrownBy(() -> append(window, "never", 0)).isInstanceOf(OutOfMemoryError.class);
      isEmpty[0] = false;
      append(window, "second", 0);
      window.publish();

      assertThat(take(cursor)).isEqualTo("first");
      assertThat(take(cursor)).isEqualTo("second");
    }
  }

  @Nested
  class Joining {
    private final SlidingWindow window = window(1000, 10_000);

    @Test
    void an_empty_window_is_joined_at_its_head() {
      Cursor newest = window.cursor(JoinAt.NEWEST_JOIN_POINT);
      Cursor oldest = window.cursor(JoinAt.OLDEST_JOIN_POINT);

      assertThat(newest.position()).isZero();
      assertThat(oldest.position()).isZero();
      assertThat(window.newestJoinPoint()).isEmpty();
    }

    @Test
    void a_join_point_shows_only_with_its_record() {
      appendJoinPoint(window, "key", 0, "configuration");

      assertThat(window.newestJoinPoint()).isEmpty();
      assertThat(window.oldestJoinPoint()).isEmpty();
      window.publish();

      assertThat(window.newestJoinPoint())
          .contains(new JoinPoint(0, 0, 0, "configuration"))
          .isEqualTo(window.oldestJoinPoint());
    }

    @Test
    void a_viewer_joins_at_the_newest_join_point() {
      appendJoinPoint(window, "key1", 0, "a");
      append(window, "b", 40);
      appendJoinPoint(window, "key2", 80, "c");
      append(window, "d", 120);
      window.publish();

      assertThat(take(window.cursor(JoinAt.NEWEST_JOIN_POINT))).isEqualTo("key2d");
    }

    @Test
    void a_viewer_joins_behind_live_at_the_join_point_before() {
      appendJoinPoint(window, "key1", 0, "a");
      appendJoinPoint(window, "key2", 2000, "b");
      appendJoinPoint(window, "key3", 4000, "c");
      window.publish();

      Optional<JoinPoint> point = window.joinPointAtOrBefore(window.headClockMillis() - 1500);

      assertThat(point.map(JoinPoint::context)).contains("b");
      assertThat(take(window.cursor(point.orElseThrow()))).isEqualTo("key2key3");
      assertThat(window.joinPointAtOrBefore(-1)).isEmpty();
    }

    @Test
    void presentation_times_before_a_step_back_are_not_looked_at() {
      for (long pts : new long[] {5000, 7000, 1000, 3000}) {
        window.markJoinPoint(pts, "pts " + pts);
        append(window, "k", 0);
      }
      window.publish();

      assertThat(window.joinPointAtOrBeforePts(6000).map(JoinPoint::ptsMillis)).contains(3000L);
      assertThat(window.joinPointAtOrBeforePts(2000).map(JoinPoint::ptsMillis)).contains(1000L);
      assertThat(window.joinPointAtOrBeforePts(999)).isEmpty();
      assertThat(window.joinPointAfterPts(999).map(JoinPoint::ptsMillis)).contains(1000L);
      assertThat(window.joinPointAfterPts(1000).map(JoinPoint::ptsMillis)).contains(3000L);
      assertThat(window.joinPointAfterPts(3000)).isEmpty();
    }
  }

  @Nested
  class Bounds {
    @Test
    void media_older_than_the_window_leaves_it() {
      SlidingWindow window = window(1000, 100);
      for (int clock = 0; clock <= 300; clock += 50) {
        append(window, "tag", clock);
      }
      window.publish();

      assertThat(window.durationMillis()).isEqualTo(100);
      assertThat(window.stats().records()).isEqualTo(3);
    }

    @Test
    void everything_since_the_newest_join_point_stays_however_old() {
      SlidingWindow window = window(1000, 100);
      append(window, "old", 0);
      appendJoinPoint(window, "key", 10, "a");
      append(window, "tag", 5000);
      window.publish();

      assertThat(window.tailPosition()).isEqualTo(3);
      assertThat(window.newestJoinPoint()).isPresent();
    }

    @Test
    void a_group_larger_than_the_window_loses_its_oldest_records() {
      SlidingWindow window = window(10, 100_000);
      appendJoinPoint(window, "key", 0, "a");
      append(window, "1234", 1);
      append(window, "5678", 2);
      window.publish();

      assertThat(window.tailPosition()).isEqualTo(3);
      assertThat(window.newestJoinPoint()).isEmpty();
      assertThat(window.cursor(JoinAt.NEWEST_JOIN_POINT).position()).isEqualTo(11);
    }

    @Test
    void tiny_records_are_bounded_by_their_number() {
      SlidingWindow window =
          SlidingWindow.create(WindowLimits.of(1000, 1000).withMaxRecords(2), allocator);
      for (int i = 0; i < 5; i++) {
        append(window, "t", 0);
      }
      window.publish();

      assertThat(window.stats().records()).isEqualTo(2);
      assertThat(window.tailPosition()).isEqualTo(3);
    }

    @Test
    void a_clock_that_steps_back_stands_still() {
      SlidingWindow window = window(1000, 100);
      append(window, "a", 1000);
      append(window, "b", 10);
      append(window, "c", 1050);
      window.publish();

      assertThat(window.durationMillis()).isEqualTo(50);
      assertThat(window.headClockMillis()).isEqualTo(1050);
    }

    @Test
    void memory_outside_the_window_is_given_back() {
      SlidingWindow window = window(64, 100_000);

      for (int i = 0; i < 1000; i++) {
        append(window, "sixteen bytes...", i);
        window.publish();
      }

      assertThat(allocator.liveBytes()).isEqualTo(64);
      assertThat(window.stats().allocatedBytes()).isEqualTo(16_000);
    }
  }

  @Nested
  class Closing {
    private final SlidingWindow window = window(1000, 1000);
    private final Cursor cursor = window.cursor(JoinAt.HEAD);

    @Test
    void readers_get_every_byte_before_the_end() {
      append(window, "last", 0);
      window.close("ended");

      assertThat(take(cursor)).isEqualTo("last");
      assertThat(cursor.next(100)).isEqualTo(ReadStatus.CLOSED);
      assertThat(window.closeReason()).contains("ended");
    }

    @Test
    void nothing_is_added_after_the_end() {
      window.close("ended");
      window.close("again");

      assertThatThrownBy(() -> append(window, "more", 0)).isInstanceOf(WindowException.class);
      assertThatThrownBy(window::publish).isInstanceOf(WindowException.class);
      assertThat(window.closeReason()).contains("ended");
    }

    @Test
    void discarding_gives_back_the_memory_but_for_what_readers_hold() {
      append(window, "held", 0);
      append(window, "a segment of own", 0);
      window.close("ended");
      cursor.next(100);

      window.discard();

      assertThat(window.stats().segmentBytes()).isZero();
      assertThat(window.stats().pinnedBytes()).isEqualTo(16).isEqualTo(allocator.liveBytes());
      assertThat(take(window.cursor(JoinAt.HEAD), ReadStatus.CLOSED)).isEmpty();
      assertThat(cursor.segment().view(0, 4)).isEqualTo(text("held"));
      cursor.segment().release();
      assertThat(allocator.liveBytes()).isZero();
    }

    @Test
    void a_reader_with_bytes_to_read_is_lapped_by_a_discard() {
      append(window, "last", 0);
      window.close("ended");

      window.discard();

      assertThat(cursor.next(100)).isEqualTo(ReadStatus.LAPPED);
      assertThat(cursor.lagMillis()).isZero();
      cursor.moveToHead();
      assertThat(cursor.next(100)).isEqualTo(ReadStatus.CLOSED);
    }

    @Test
    void an_open_window_is_not_discarded() {
      assertThatThrownBy(window::discard).isInstanceOf(WindowException.class);
    }
  }
}
