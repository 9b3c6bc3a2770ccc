package io.flvkit.bench.codec;

import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.red5.io.flv.impl.FLVReader;

/**
 * How long does it take to read all tags of a file from disk, beside another JVM library (red5-io)
 * and beside ffprobe as a process ({@code -Dflvkit.ffprobe=PATH}, else the installed one)?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PeersBenchmark {
  /** Ours: the pull reader. */
  @Benchmark
  public long flvkit() throws IOException {
    long bytes = 0;
    try (FlvReader reader = FlvReader.of(FileChannel.open(Clip.path()), FlvLimits.defaults())) {
      while (reader.hasNext()) {
        bytes += reader.next().bodyBytes();
      }
    }
    return bytes;
  }

  /** red5-io, metadata generation off. */
  @Benchmark
  public long red5() throws IOException {
    long bytes = 0;
    FLVReader reader = new FLVReader(Clip.path().toFile(), false);
    try {
      while (reader.hasMoreTags()) {
        bytes += reader.readTag().getBodySize();
      }
    } finally {
      reader.close();
    }
    return bytes;
  }

  /** ffprobe counting packets, start of the process included. */
  @Benchmark
  public int ffprobe() throws IOException, InterruptedException {
    String program = System.getProperty("flvkit.ffprobe", "ffprobe");
    Process process =
        new ProcessBuilder(program, "-v", "error", "-count_packets", Clip.path().toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor();
  }
}
