package io.flvkit.bench.codec;

import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvReader;
import io.flvkit.codec.OnMetaData;
import io.flvkit.codec.ScriptData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How long does it take to read, and to rewrite, the onMetaData of a live encoder? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MetaDataBenchmark {
  private ByteBuffer body = ByteBuffer.allocate(0);

  /** Takes the first tag of the file. */
  @Setup
  public void load() throws IOException {
    try (FlvReader reader = FlvReader.of(FileChannel.open(Clip.path()), FlvLimits.defaults())) {
      ByteBuffer first = reader.next().body();
      body = ByteBuffer.allocate(first.remaining()).put(first).flip();
    }
  }

  /** Body to typed view. */
  @Benchmark
  public OnMetaData read() {
    return OnMetaData.of(ScriptData.parse(body, FlvLimits.live())).orElseThrow();
  }

  /** Body to the body of an audio-only rendition. */
  @Benchmark
  public ByteBuffer rewrite() {
    return read().withTracks(true, false).forLive().toBody();
  }
}
