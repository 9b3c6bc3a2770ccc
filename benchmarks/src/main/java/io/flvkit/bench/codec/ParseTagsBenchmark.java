package io.flvkit.bench.codec;

import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvTag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Is framing and classifying all tags of a file in memory faster than copying its bytes? One
 * operation is the whole file; divide by its number of tags (1367 in h264_aac.flv).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ParseTagsBenchmark {
  private ByteBuffer file = ByteBuffer.allocate(0);
  private ByteBuffer target = ByteBuffer.allocate(0);

  /** Loads the file. */
  @Setup
  public void load() throws IOException {
    file = Clip.load();
    target = ByteBuffer.allocate(file.capacity());
  }

  /** The baseline: one copy. */
  @Benchmark
  public ByteBuffer copy() {
    return target.clear().put(file.clear());
  }

  /** A new parser for the file, every tag classified. */
  @Benchmark
  public long frameAndClassify() {
    Counter counter = new Counter();
    FlvParser parser = FlvParser.create(counter::add);
    parser.parse(file.clear());
    return counter.sum;
  }

  /** The same in pieces of 1460 bytes, as they come from a network. */
  @Benchmark
  public long frameAndClassifyPieces() {
    Counter counter = new Counter();
    FlvParser parser = FlvParser.create(counter::add);
    file.clear();
    for (int at = 0; at < file.capacity(); at += 1460) {
      file.limit(Math.min(at + 1460, file.capacity())).position(at);
      parser.parse(file);
    }
    return counter.sum;
  }

  /** The same with a recovering parser. */
  @Benchmark
  public long frameAndClassifyRecovering() {
    Counter counter = new Counter();
    FlvParser parser = FlvParser.recovering(FlvLimits.defaults(), counter::add);
    parser.parse(file.clear());
    return counter.sum;
  }

  private static final class Counter {
    long sum;

    void add(FlvTag tag) {
      sum += tag.timestampMillis() + tag.codec() + tag.compositionMillis();
      sum += tag.isKeyFrame() ? 1 : 0;
      sum += tag.isSequenceHeader() ? 1 : 0;
    }
  }
}
