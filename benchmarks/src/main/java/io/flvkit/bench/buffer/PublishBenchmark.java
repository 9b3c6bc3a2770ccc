package io.flvkit.bench.buffer;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.SlidingWindow;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.BroadcastTransmitter;
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
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PublishBenchmark {
  private static final int BACKLOG_TAGS = 64;
  private static final int RING_BYTES = 1 << 20;

  @Param({"1", "1000", "100000"})
  public int viewers;

  private final Tags tags = new Tags();
  private final SlidingWindow window = tags.filledWindow();
  private final List<Cursor> cursors = new ArrayList<>();
  private final List<ArrayDeque<ByteBuffer>> queues = new ArrayList<>();
  private final UnsafeBuffer ring =
      new UnsafeBuffer(
          ByteBuffer.allocateDirect(RING_BYTES + BroadcastBufferDescriptor.TRAILER_LENGTH));
  private final BroadcastTransmitter transmitter = new BroadcastTransmitter(ring);
  private final UnsafeBuffer source = new UnsafeBuffer(ByteBuffer.allocateDirect(5_000));

  @Setup
  public void setUp() {
    for (int i = 0; i < viewers; i++) {
      cursors.add(window.cursor(JoinAt.NEWEST_JOIN_POINT));
      queues.add(new ArrayDeque<>(BACKLOG_TAGS + 1));
    }
  }

  /** The window: viewers are positions, which the writer does not know. */
  @Benchmark
  public long window() {
    tags.append(window);
    window.publish();
    return window.headPosition();
  }

  /** Baseline: a queue for each viewer, bounded by dropping the oldest tag. */
  @Benchmark
  public int queuePerViewer() {
    ByteBuffer tag = tags.next();
    for (ArrayDeque<ByteBuffer> queue : queues) {
      if (queue.size() == BACKLOG_TAGS) {
        queue.poll();
      }
      queue.add(tag);
    }
    return queues.size();
  }

  /** Baseline: Agrona's broadcast ring, which overwrites what slow readers have not read. */
  @Benchmark
  public void agronaBroadcast() {
    transmitter.transmit(1, source, 0, tags.next().remaining());
  }
}
