package io.flvkit.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A small window that laps its readers all the time; jcstress tries the interleavings one by one.
 */
@Timeout(60)
class SlidingWindowThreadsTest {
  private static final int RECORDS = 200_000;
  private static final int JOIN_EVERY = 8;

  private final PoisoningAllocator allocator = new PoisoningAllocator();
  private final SlidingWindow window =
      SlidingWindow.create(WindowLimits.of(2048, 1000).withSegmentBytes(128, 256), allocator);

  @Test
  void no_reader_ever_sees_a_torn_recycled_or_missing_byte() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Long>> readers = new ArrayList<>();
      for (Callable<Long> reader : List.<Callable<Long>>of(this::readRuns, this::readRecords)) {
        readers.add(threads.submit(reader));
      }

      threads.submit(this::write).get(60, TimeUnit.SECONDS);

      for (Future<Long> reader : readers) {
        assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
      }
      window.discard();
      assertThat(allocator.liveBytes()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  /** Each byte follows from its position, so any reader can check any byte. */
  private static byte byteAt(long position) {
    long mixed = position * 0x9E3779B97F4A7C15L;
    return (byte) (mixed >>> 56);
  }

  private void write() {
    long position = 0;
    for (int i = 0; i < RECORDS; i++) {
      int length = 1 + (i % 37);
      if (i % JOIN_EVERY == 0) {
        window.markJoinPoint(i, position);
      }
      ByteBuffer claim = window.claim(length);
      for (int j = 0; j < length; j++) {
        claim.put(byteAt(position++));
      }
      window.commit(length, i, 0);
      if (i % 3 == 0) {
        window.publish();
      }
    }
    window.close("done");
  }

  private long readRuns() {
    Cursor cursor = window.cursor(JoinAt.HEAD);
    long bytes = 0;
    while (true) {
      switch (cursor.next(300)) {
        case READY -> {
          Segment segment = cursor.segment();
          for (int i = 0; i < cursor.length(); i++) {
            byte found = segment.memory().bytes().get(cursor.offset() + i);
            if (found != byteAt(cursor.position() + i)) {
              throw new AssertionError("wrong byte at " + (cursor.position() + i));
            }
          }
          bytes += cursor.length();
          cursor.advance(cursor.length());
          segment.release();
        }
        case LAPPED -> window.newestJoinPoint().ifPresentOrElse(cursor::moveTo, cursor::moveToHead);
        case EMPTY -> Thread.onSpinWait();
        case CLOSED -> {
          return bytes;
        }
      }
    }
  }

  private long readRecords() {
    long seen = 0;
    long from = 0;
    while (true) {
      try (RecordCursor records = window.records(from)) {
        ReadStatus status = records.next();
        while (status == ReadStatus.READY || status == ReadStatus.EMPTY) {
          if (status == ReadStatus.READY) {
            checkRecord(records);
            seen++;
          }
          status = records.next();
        }
        if (status == ReadStatus.CLOSED) {
          return seen;
        }
        from = window.newestJoinPoint().map(JoinPoint::position).orElseGet(window::headPosition);
      }
    }
  }

  private static void checkRecord(RecordCursor records) {
    assertThat(records.length()).isEqualTo(records.kind());
    records
        .joinPoint()
        .ifPresent(point -> assertThat(point.context()).isEqualTo(records.position()));
    ByteBuffer bytes = records.bytes();
    for (long position = records.position(); bytes.hasRemaining(); position++) {
      if (bytes.get() != byteAt(position)) {
        throw new AssertionError("wrong byte at " + position);
      }
    }
  }
}
