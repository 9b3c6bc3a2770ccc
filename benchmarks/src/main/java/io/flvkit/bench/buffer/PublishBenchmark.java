package io.flvkit.bench.buffer;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.SlidingWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does it cost the writer to publish one tag, by the number of viewers? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = Ring.JVM_ARGS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PublishBenchmark {
  /** Viewers as positions, which the writer does not know. */
  @State(Scope.Thread)
  public static class WindowOfCursors {
    @Param({"1", "1000", "100000"})
    public int viewers;

    private final Tags tags = new Tags();
    private final SlidingWindow window = tags.filledWindow();
    private final List<Cursor> cursors = new ArrayList<>();

    @Setup
    public void setUp() {
      for (int i = 0; i < viewers; i++) {
        cursors.add(window.cursor(JoinAt.NEWEST_JOIN_POINT));
      }
    }
  }

  /** Viewers with a queue each. */
  @State(Scope.Thread)
  public static class QueuePerViewer {
    @Param({"1", "1000", "100000"})
    public int viewers;

    private final Tags tags = new Tags();
    private Queues queues = new Queues(0);

    @Setup
    public void setUp() {
      queues = new Queues(viewers);
    }
  }

  /** A ring that does not know its viewers either. */
  @State(Scope.Thread)
  public static class BroadcastRing {
    private final Tags tags = new Tags();
    private final Ring ring = new Ring();
  }

  /** The window. */
  @Benchmark
  public long window(WindowOfCursors state) {
    state.tags.append(state.window);
    state.window.publish();
    return state.window.headPosition();
  }

  /** Baseline: a queue for each viewer. */
  @Benchmark
  public void queuePerViewer(QueuePerViewer state) {
    state.queues.publish(state.tags.next());
  }

  /** Baseline: Agrona's broadcast ring. */
  @Benchmark
  public void agronaBroadcast(BroadcastRing state) {
    state.ring.publish(state.tags.next());
  }
}
