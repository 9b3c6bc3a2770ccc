package io.flvkit.codec.config;

import java.nio.ByteBuffer;

/** FLAC STREAMINFO (RFC 9639, 8.2), bare or behind its block header or behind "fLaC" and that. */
final class FlacConfig {
  private static final int STREAMINFO_BYTES = 34;

  private FlacConfig() {}

  static AudioConfig read(ByteBuffer record) {
    Bits in = new Bits(record);
    boolean marked = record.remaining() >= 4 && new Bits(record).take(32) == 0x664C6143L;
    if (marked) {
      in.skip(64);
    } else if (record.remaining() >= STREAMINFO_BYTES + 4) {
      in.skip(32);
    }
    in.skip(16 + 16 + 24 + 24);
    int rate = in.number(20);
    return new AudioConfig("fLaC", 0, rate, in.number(3) + 1);
  }
}
