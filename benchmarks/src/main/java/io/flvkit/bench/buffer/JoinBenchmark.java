package io.flvkit.bench.buffer;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.ReadStatus;
import io.flvkit.buffer.SlidingWindow;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does a viewer who joins cost before its first write? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JoinBenchmark {
  private static final int TAGS_PER_GROUP = 136;
  private static final int MAX_RUN_BYTES = 64 << 10;
  private static final long DELAY_MILLIS = 8_000;

  private final Tags tags = new Tags();
  private final SlidingWindow window = tags.filledWindow();
  private final ArrayDeque<ByteBuffer> group = new ArrayDeque<>();

  @Setup
  public void setUp() {
    for (int i = 0; i < TAGS_PER_GROUP; i++) {
      group.add(tags.next());
    }
  }

  /** A cursor at the newest keyframe and its first run. */
  @Benchmark
  public int newestJoinPoint() {
    return firstRun(window.cursor(JoinAt.NEWEST_JOIN_POINT));
  }

  /** The same 8 s behind live. */
  @Benchmark
  public int delayed() {
    long clockMillis = window.headClockMillis() - DELAY_MILLIS;
    return firstRun(window.cursor(window.joinPointAtOrBefore(clockMillis).orElseThrow()));
  }

  private static int firstRun(Cursor cursor) {
    if (cursor.next(MAX_RUN_BYTES) != ReadStatus.READY) {
      throw new AssertionError("nothing to read");
    }
    cursor.segment().release();
    return cursor.length();
  }

  /** Baseline: a queue of its own, filled with the cached group of pictures. */
  @Benchmark
  public ArrayDeque<ByteBuffer> queueOfGroup() {
    return new ArrayDeque<>(group);
  }
}
