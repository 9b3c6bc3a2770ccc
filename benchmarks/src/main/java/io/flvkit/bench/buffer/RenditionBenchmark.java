package io.flvkit.bench.buffer;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.ReadStatus;
import io.flvkit.buffer.RecordCursor;
import io.flvkit.buffer.SlidingWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
 * Audio only for a thousand viewers: what does it cost for each, from 24 tags published to the
 * bytes found that it lacks?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RenditionBenchmark {
  private static final int VIEWERS = 1_000;
  private static final int TAGS_PER_FLUSH = 24;
  private static final int MAX_RUN_BYTES = 1 << 20;

  private final Tags tags = new Tags();
  private final SlidingWindow full = tags.filledWindow();
  private final SlidingWindow audio = Tags.window();
  private final RecordCursor fullRecords = full.records(full.headPosition());
  private final List<Cursor> audioViewers = new ArrayList<>();
  private final List<RecordCursor> filteringViewers = new ArrayList<>();

  @Setup
  public void setUp() {
    for (int i = 0; i < VIEWERS; i++) {
      audioViewers.add(audio.cursor(JoinAt.HEAD));
      filteringViewers.add(full.records(full.headPosition()));
    }
  }

  /** A second window, filled once and drained by all. */
  @Benchmark
  @OperationsPerInvocation(VIEWERS)
  public void secondWindow(Blackhole sink) {
    publishTags();
    while (fullRecords.next() == ReadStatus.READY) {
      if (fullRecords.kind() == Tags.AUDIO) {
        audio.append(
            fullRecords.bytes(), Tags.AUDIO, fullRecords.clockMillis(), fullRecords.fingerprint());
      }
    }
    audio.publish();
    for (Cursor viewer : audioViewers) {
      while (viewer.next(MAX_RUN_BYTES) == ReadStatus.READY) {
        sink.consume(viewer.length());
        viewer.segment().release();
        viewer.advance(viewer.length());
      }
    }
  }

  /** Baseline: each viewer goes through the full window and leaves out the video. */
  @Benchmark
  @OperationsPerInvocation(VIEWERS)
  public void filterPerViewer(Blackhole sink) {
    publishTags();
    for (RecordCursor viewer : filteringViewers) {
      while (viewer.next() == ReadStatus.READY) {
        if (viewer.kind() == Tags.AUDIO) {
          sink.consume(viewer.length());
        }
      }
    }
  }

  private void publishTags() {
    for (int i = 0; i < TAGS_PER_FLUSH; i++) {
      tags.append(full);
    }
    full.publish();
  }
}
