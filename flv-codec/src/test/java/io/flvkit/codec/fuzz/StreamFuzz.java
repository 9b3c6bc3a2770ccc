package io.flvkit.codec.fuzz;

import static io.flvkit.codec.fuzz.ParserFuzz.require;

import io.flvkit.codec.ByteSource;
import io.flvkit.codec.FlvFormatException;
import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvIndexer;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvWriter;
import io.flvkit.codec.SeekPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Builds a stream of tags from the input (type, time step, length, body, ...), then damages it at
 * one place: all tags are found in the intact one, repair of the damaged one is idempotent.
 */
public final class StreamFuzz {
  private static final int[] TYPES = {8, 9, 9, 18, 15, 8, 9, 20};

  private StreamFuzz() {}

  /** Entry point of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    CpuBound.check(() -> run(data));
  }

  private static void run(byte[] data) {
    ByteBuffer in = ByteBuffer.wrap(data);
    ByteBuffer out = ByteBuffer.allocate(64 + 16 * data.length);
    FlvWriter.putHeader(out, new FlvHeader(true, true));
    int written = 0;
    long time = 0;
    while (in.remaining() > 4) {
      int type = TYPES[in.get() & 7];
      time += in.get();
      int length = Math.min(in.get() & 0x7F, in.remaining());
      FlvWriter.putTag(out, type, Math.max(time, 0), in.slice(in.position(), length));
      in.position(in.position() + length);
      written++;
    }
    ByteBuffer stream = out.flip();
    AtomicInteger found = new AtomicInteger();
    parse(stream.duplicate(), tag -> found.incrementAndGet());
    require(found.get() == written, "all tags of an intact stream");
    if (in.remaining() > 1) {
      int place = 13 + (in.get() & 0xFF) % Math.max(1, stream.limit() - 13);
      stream.put(Math.min(place, stream.limit() - 1), in.get());
    }
    byte[] once = repaired(stream);
    require(ByteBuffer.wrap(once).equals(ByteBuffer.wrap(repaired(ByteBuffer.wrap(once)))), "once");
    seek(stream, time / 2);
  }

  private static void parse(ByteBuffer stream, FlvHandler handler) {
    FlvParser parser = FlvParser.recovering(FlvLimits.live(), handler);
    parser.parse(stream);
    parser.end();
  }

  private static byte[] repaired(ByteBuffer stream) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      FlvIndexer.repairing(FlvLimits.live())
          .index(ByteSource.of(stream), Channels.newChannel(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void seek(ByteBuffer stream, long millis) {
    try {
      SeekPlan.byTime(ByteSource.of(stream), Math.max(millis, 0), FlvLimits.live())
          .ifPresent(plan -> require(plan.bytes() > 0 && plan.from() < plan.to(), "a plan"));
    } catch (FlvFormatException e) {
      require(e.position() >= 0, "position");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
