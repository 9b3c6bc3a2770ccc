package io.flvkit.bench.buffer;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinPoint;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does a viewer who has fallen out of the window cost until it goes on at a keyframe? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LapBenchmark {
  private static final int MAX_RUN_BYTES = 64 << 10;
  private static final int BACKLOG_TAGS = 10 * 68;

  private final Tags tags = new Tags();
  private final SlidingWindow window = tags.filledWindow();
  private final JoinPoint lost = new JoinPoint(0, 0, 0, null);
  private final Cursor cursor = window.cursor(lost);
  private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>();

  /** A look that says so, a jump, and the first run after it. */
  @Benchmark
  public int window() {
    cursor.moveTo(lost);
    if (cursor.next(MAX_RUN_BYTES) != ReadStatus.LAPPED) {
      throw new AssertionError("not lapped");
    }
    cursor.moveTo(window.newestJoinPoint().orElseThrow());
    if (cursor.next(MAX_RUN_BYTES) != ReadStatus.READY) {
      throw new AssertionError("nothing to read");
    }
    cursor.segment().release();
    return cursor.length();
  }

  /** Baseline: a queue of 10 s that is filled and thrown away. */
  @Benchmark
  public int queuePerViewer() {
    for (int i = 0; i < BACKLOG_TAGS; i++) {
      queue.add(tags.next());
    }
    queue.clear();
    return queue.size();
  }
}
