package io.flvkit.bench.codec;

import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvReader;
import io.flvkit.codec.FlvTag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.apache.mina.core.buffer.IoBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.red5.io.flv.impl.FLVReader;

/**
 * How long does it take to read all tags of a file, from memory and from disk, beside another JVM
 * library (red5-io) and beside ffprobe as a process ({@code -Dflvkit.ffprobe=PATH}, else the
 * installed one)? One operation is the file.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PeersBenchmark {
  private byte[] file = {};

  /** Loads the file, and makes sure that both libraries find the same in it. */
  @Setup
  public void load() throws IOException {
    file = Files.readAllBytes(Clip.path());
    if (flvkitFromMemory() != red5FromMemory()) {
      throw new IllegalStateException("the libraries do not find the same bytes");
    }
  }

  /** Ours, the bytes in one array. */
  @Benchmark
  public long flvkitFromMemory() {
    Bodies bodies = new Bodies();
    FlvParser.create(bodies::add).parse(ByteBuffer.wrap(file));
    return bodies.bytes;
  }

  /** red5-io, the bytes in one array. */
  @Benchmark
  public long red5FromMemory() {
    FLVReader reader = new FLVReader(IoBuffer.wrap(file), false);
    reader.decodeHeader();
    return bodyBytes(reader);
  }

  /** Ours: the pull reader. */
  @Benchmark
  public long flvkitFromDisk() throws IOException {
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
  public long red5FromDisk() throws IOException {
    FLVReader reader = new FLVReader(Clip.path().toFile(), false);
    try {
      return bodyBytes(reader);
    } finally {
      reader.close();
    }
  }

  private static long bodyBytes(FLVReader reader) {
    long bytes = 0;
    while (reader.hasMoreTags()) {
      bytes += reader.readTag().getBodySize();
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

  private static final class Bodies {
    long bytes;

    void add(FlvTag tag) {
      bytes += tag.bodyBytes();
    }
  }
}
