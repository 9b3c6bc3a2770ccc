package io.flvkit.codec.config;

import io.flvkit.codec.FlvFormatException;
import java.nio.ByteBuffer;

/** OpusHead (RFC 7845, 5.1). Opus always decodes to 48 kHz. */
final class OpusConfig {
  private OpusConfig() {}

  static AudioConfig read(ByteBuffer record) {
    Bits in = new Bits(record);
    if (in.take(32) != 0x4F707573L || in.take(32) != 0x48656164L) {
      throw new FlvFormatException(0, "OpusHead is missing");
    }
    in.skip(8);
    return new AudioConfig("Opus", 0, 48000, in.number(8));
  }
}
