package io.flvkit.codec.config;

import java.nio.ByteBuffer;

/** vpcC (VP Codec ISO Media File Format Binding), behind four bytes of version and flags. */
final class VpxConfig {
  private VpxConfig() {}

  static VideoConfig read(String codec, ByteBuffer record) {
    Bits in = new Bits(record);
    in.skip(32);
    int profile = in.number(8);
    int level = in.number(8);
    return new VideoConfig(codec, profile, level, 0, 0, in.number(4));
  }
}
