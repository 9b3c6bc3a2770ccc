package io.flvkit.codec.fuzz;

import static io.flvkit.codec.fuzz.ParserFuzz.require;

import io.flvkit.codec.config.DecoderConfig;
import java.nio.ByteBuffer;

/** Configuration records: the first byte chooses the codec, the rest is the record. */
public final class ConfigFuzz {
  private static final String[] CODECS = {"avc1", "hvc1", "av01", "vp09", "mp4a", "Opus", "fLaC"};

  private ConfigFuzz() {}

  /** Entry point of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    CpuBound.check(() -> run(data));
  }

  private static void run(byte[] data) {
    if (data.length > 0) {
      String codec = CODECS[(data[0] & 0xFF) % CODECS.length];
      ByteBuffer record = ByteBuffer.wrap(data, 1, data.length - 1);
      require(DecoderConfig.parse(codec, record) != null, "configuration");
    }
  }
}
