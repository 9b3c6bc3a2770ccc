package io.flvkit.bench.buffer;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.ReadStatus;
import io.flvkit.buffer.SlidingWindow;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.BroadcastReceiver;
import org.agrona.concurrent.broadcast.BroadcastTransmitter;
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
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DrainBenchmark {
  private static final int VIEWERS = 1_000;
  private static final int TAGS_PER_FLUSH = 24;
  private static final int MAX_RUN_BYTES = 1 << 20;
  private static final int RING_BYTES = 1 << 20;

  private final Tags tags = new Tags();
  private final SlidingWindow window = tags.filledWindow();
  private final List<Cursor> cursors = new ArrayList<>();
  private final List<ArrayDeque<ByteBuffer>> queues = new ArrayList<>();
  private final UnsafeBuffer ring =
      new UnsafeBuffer(
          ByteBuffer.allocateDirect(RING_BYTES + BroadcastBufferDescriptor.TRAILER_LENGTH));
  private final BroadcastTransmitter transmitter = new BroadcastTransmitter(ring);
  private final UnsafeBuffer source = new UnsafeBuffer(ByteBuffer.allocateDirect(5_000));
  private final List<BroadcastReceiver> receivers = new ArrayList<>();

  @Setup
  public void setUp() {
    for (int i = 0; i < VIEWERS; i++) {
      cursors.add(window.cursor(JoinAt.HEAD));
      queues.add(new ArrayDeque<>(TAGS_PER_FLUSH));
      receivers.add(new BroadcastReceiver(ring));
    }
  }

  /** The window: one run, or two where it crosses segments, held for the write and released. */
  @Benchmark
  @OperationsPerInvocation(VIEWERS)
  public void window(Blackhole sink) {
    for (int i = 0; i < TAGS_PER_FLUSH; i++) {
      tags.append(window);
    }
    window.publish();
    for (Cursor cursor : cursors) {
      while (cursor.next(MAX_RUN_BYTES) == ReadStatus.READY) {
        sink.consume(cursor.segment());
        sink.consume(cursor.length());
        cursor.segment().release();
        cursor.advance(cursor.length());
      }
    }
  }

  /** The window as {@link #window}, with the hold shared by all viewers of the loop. */
  @Benchmark
  @OperationsPerInvocation(VIEWERS)
  public void windowWithSharedHold(Blackhole sink) {
    for (int i = 0; i < TAGS_PER_FLUSH; i++) {
      tags.append(window);
    }
    window.publish();
    for (Cursor cursor : cursors) {
      while (cursor.peek(MAX_RUN_BYTES) == ReadStatus.READY) {
        sink.consume(cursor.segment());
        sink.consume(cursor.length());
        cursor.advance(cursor.length());
      }
    }
  }

  /** Baseline: a queue for each viewer, filled and drained tag by tag. */
  @Benchmark
  @OperationsPerInvocation(VIEWERS)
  public void queuePerViewer(Blackhole sink) {
    for (int i = 0; i < TAGS_PER_FLUSH; i++) {
      ByteBuffer tag = tags.next();
      for (ArrayDeque<ByteBuffer> queue : queues) {
        queue.add(tag);
      }
    }
    for (ArrayDeque<ByteBuffer> queue : queues) {
      for (ByteBuffer tag = queue.poll(); tag != null; tag = queue.poll()) {
        sink.consume(tag);
      }
    }
  }

  /** Baseline: Agrona's broadcast ring, read tag by tag. */
  @Benchmark
  @OperationsPerInvocation(VIEWERS)
  public void agronaBroadcast(Blackhole sink) {
    for (int i = 0; i < TAGS_PER_FLUSH; i++) {
      transmitter.transmit(1, source, 0, tags.next().remaining());
    }
    for (BroadcastReceiver receiver : receivers) {
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
