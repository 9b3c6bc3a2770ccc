package io.flvkit.bench.codec;

import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvPipeline;
import io.flvkit.codec.FlvSteps;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.FlvWriter;
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

/** How fast is filtering a file in memory, beside copying its bytes? One operation is the file. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FilterBenchmark {
  private ByteBuffer file = ByteBuffer.allocate(0);
  private ByteBuffer target = ByteBuffer.allocate(0);

  /** Loads the file. */
  @Setup
  public void load() throws IOException {
    file = Clip.load();
    target = ByteBuffer.allocate(file.capacity() + 4096);
  }

  /** The baseline: one copy. */
  @Benchmark
  public ByteBuffer copy() {
    return target.clear().put(file.clear());
  }

  /** Parse, keep video, write. */
  @Benchmark
  public ByteBuffer videoOnly() {
    Output output = new Output(target.clear());
    FlvParser parser = FlvParser.create(FlvPipeline.to(output, FlvSteps.videoOnly()));
    parser.parse(file.clear());
    return target;
  }

  /** Parse, keep audio, write. */
  @Benchmark
  public ByteBuffer audioOnly() {
    Output output = new Output(target.clear());
    FlvParser parser = FlvParser.create(FlvPipeline.to(output, FlvSteps.audioOnly()));
    parser.parse(file.clear());
    return target;
  }

  private record Output(ByteBuffer target) implements FlvHandler {
    @Override
    public void onHeader(FlvHeader header) {
      FlvWriter.putHeader(target, header);
    }

    @Override
    public void onTag(FlvTag tag) {
      FlvWriter.putTag(target, tag);
    }
  }
}
