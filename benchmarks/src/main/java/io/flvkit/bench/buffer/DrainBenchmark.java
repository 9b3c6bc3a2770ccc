package io.flvkit.bench.buffer;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.JoinPoint;
import io.flvkit.buffer.ReadStatus;
import io.flvkit.buffer.SlidingWindow;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.broadcast.BroadcastReceiver;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does it cost a loop to find what one viewer lacks, 24 tags (350 ms) after its last flush?
 * One operation is one viewer; the write to the socket is left out. Each includes a thousandth of
 * what it costs to publish the 24 tags.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = Ring.JVM_ARGS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DrainBenchmark {
  private static final int VIEWERS = 1_000;
  private static final int TAGS_PER_FLUSH = 24;
  private static final int MAX_RUN_BYTES = 1 << 20;

  /** Viewers as positions. */
  @State(Scope.Thread)
  public static class WindowOfCursors {
    private final Tags tags = new Tags();
    private final SlidingWindow window = tags.filledWindow();
    private final List<Cursor> cursors = new ArrayList<>();
    private final JoinPoint start = new JoinPoint(window.headPosition(), 0, 0, null);

    @Setup
    public void setUp() {
      publish();
      for (int i = 0; i < VIEWERS; i++) {
        cursors.add(window.cursor(JoinAt.HEAD));
      }
    }

    void publish() {
      for (int i = 0; i < TAGS_PER_FLUSH; i++) {
        tags.append(window);
      }
      window.publish();
    }
  }

  /** Viewers with a queue each. */
  @State(Scope.Thread)
  public static class QueuePerViewer {
    private final Tags tags = new Tags();
    private final Queues queues = new Queues(VIEWERS);
  }

  /** Viewers with a receiver each. */
  @State(Scope.Thread)
  public static class BroadcastRing {
    private final Tags tags = new Tags();
    private final Ring ring = new Ring();
    private final List<BroadcastReceiver> receivers = ring.receivers(VIEWERS);
  }

  /** The window: one run, or two where it crosses segments, held for the write and released. */
  @Benchmark
  @OperationsPerInvocation(VIEWERS)
  public void window(WindowOfCursors state, Blackhole sink) {
    state.publish();
    for (Cursor cursor : state.cursors) {
      while (cursor.next(MAX_RUN_BYTES) == ReadStatus.READY) {
        sink.consume(cursor.segment());
        sink.consume(cursor.length());
        cursor.segment().release();
        cursor.advance(cursor.length());
      }
    }
  }

  /** The window with a hold that the loop shares among its viewers. */
  @Benchmark
  @OperationsPerInvocation(VIEWERS)
  public void windowWithSharedHold(WindowOfCursors state, Blackhole sink) {
    state.publish();
    for (Cursor cursor : state.cursors) {
      while (cursor.peek(MAX_RUN_BYTES) == ReadStatus.READY) {
        sink.consume(cursor.segment());
        sink.consume(cursor.length());
        cursor.advance(cursor.length());
      }
    }
  }

  /** The reader's part of it alone: the same 24 tags each time. Allocates nothing. */
  @Benchmark
  @OperationsPerInvocation(VIEWERS)
  public void windowWithoutPublish(WindowOfCursors state, Blackhole sink) {
    for (Cursor cursor : state.cursors) {
      cursor.moveTo(state.start);
      while (cursor.next(MAX_RUN_BYTES) == ReadStatus.READY) {
        sink.consume(cursor.segment());
        sink.consume(cursor.length());
        cursor.segment().release();
        cursor.advance(cursor.length());
      }
    }
  }

  /** Baseline: a queue for each viewer, filled and drained tag by tag. */
  @Benchmark
  @OperationsPerInvocation(VIEWERS)
  public void queuePerViewer(QueuePerViewer state, Blackhole sink) {
    for (int i = 0; i < TAGS_PER_FLUSH; i++) {
      state.queues.publish(state.tags.next());
    }
    for (ArrayDeque<ByteBuffer> queue : state.queues.all()) {
      for (ByteBuffer tag = queue.poll(); tag != null; tag = queue.poll()) {
        sink.consume(tag);
      }
    }
  }

  /** Baseline: Agrona's broadcast ring, read tag by tag. */
  @Benchmark
  @OperationsPerInvocation(VIEWERS)
  public void agronaBroadcast(BroadcastRing state, Blackhole sink) {
    for (int i = 0; i < TAGS_PER_FLUSH; i++) {
      state.ring.publish(state.tags.next());
    }
    for (BroadcastReceiver receiver : state.receivers) {
      while (receiver.receiveNext()) {
        sink.consume(receiver.offset());
        sink.consume(receiver.length());
        if (!receiver.validate()) {
          throw new AssertionError("overwritten");
        }
      }
    }
  }
}
