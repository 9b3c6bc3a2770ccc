package io.flvkit.codec.fuzz;

import io.flvkit.codec.FlvFormatException;
import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvInspector;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvTag;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Any bytes: both parsers and the inspector, whole and split, with the same outcome. */
public final class ParserFuzz {
  private ParserFuzz() {}

  /** Entry point of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    CpuBound.check(() -> run(data));
  }

  private static void run(byte[] data) {
    int split = data.length == 0 ? 0 : (data[0] & 0xFF) % data.length;
    require(outcome(data, data.length, false).equals(outcome(data, split, false)), "strict split");
    require(outcome(data, data.length, true).equals(outcome(data, split, true)), "split");
    FlvInspector inspector = FlvInspector.create(FlvLimits.live());
    inspector.parse(ByteBuffer.wrap(data));
    inspector.end();
    require(inspector.report().bytes() == data.length, "bytes");
  }

  private static String outcome(byte[] data, int split, boolean recovering) {
    Digest digest = new Digest();
    FlvParser parser =
        recovering
            ? FlvParser.recovering(FlvLimits.live(), digest)
            : FlvParser.withLimits(FlvLimits.live(), digest);
    try {
      parser.parse(ByteBuffer.wrap(data, 0, split));
      parser.parse(ByteBuffer.wrap(data, split, data.length - split));
      parser.end();
    } catch (FlvFormatException e) {
      require(e.position() >= 0 && e.position() <= data.length, "position");
      digest.sum = digest.sum * 31 + e.position();
    }
    return digest.tags + " " + digest.sum;
  }

  private static final class Digest implements FlvHandler {
    int tags;
    long sum;

    @Override
    public void onTag(FlvTag tag) {
      tags++;
      byte[] wire = new byte[tag.wire().remaining()];
      tag.wire().get(wire);
      sum = sum * 31 + Arrays.hashCode(wire) + tag.position() + tag.kind().name().length();
    }
  }

  static void require(boolean holds, String law) {
    if (!holds) {
      throw new AssertionError(law);
    }
  }
}
