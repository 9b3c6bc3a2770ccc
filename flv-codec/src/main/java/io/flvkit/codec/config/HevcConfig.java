package io.flvkit.codec.config;

import io.flvkit.codec.FlvFormatException;
import java.nio.ByteBuffer;

/** hvcC (ISO 14496-15, 8.3.3.1) and the part of its SPS that tells the size (H.265, 7.3.2.2). */
final class HevcConfig {
  private static final int SPS = 33;
  private static final int FIXED_BYTES = 22;

  private HevcConfig() {}

  static VideoConfig read(ByteBuffer record) {
    Bits head = new Bits(record);
    if (head.number(8) > 1) {
      throw new FlvFormatException(0, "hvcC of another version");
    }
    head.skip(3);
    int profile = head.number(5);
    head.skip(32 + 48);
    int level = head.number(8);
    head.skip(16 + 8 + 8);
    head.skip(5);
    int bitDepth = 8 + head.number(3);
    head.skip(8 + 16 + 8);
    VideoConfig unsized = new VideoConfig("hvc1", profile, level, 0, 0, bitDepth);
    int at = record.position() + FIXED_BYTES + 1;
    for (int arrays = head.number(8); arrays > 0; arrays--) {
      int type = head.number(8) & 0x3F;
      int count = head.number(16);
      at += 3;
      for (int i = 0; i < count; i++) {
        int bytes = head.number(16);
        at += 2;
        if (type == SPS) {
          return readSps(Bits.ofNal(record, at, bytes), unsized);
        }
        head.skip(8L * bytes);
        at += bytes;
      }
    }
    return unsized;
  }

  private static VideoConfig readSps(Bits sps, VideoConfig config) {
    sps.skip(16 + 4);
    int subLayers = sps.number(3);
    sps.skip(1 + 88 + 8);
    skipSubLayers(sps, subLayers);
    sps.golomb(); // id
    int chroma = sps.golomb();
    boolean separatePlanes = chroma == 3 && sps.flag();
    int width = sps.golomb();
    int height = sps.golomb();
    if (sps.flag()) {
      int unitX = !separatePlanes && (chroma == 1 || chroma == 2) ? 2 : 1;
      int unitY = !separatePlanes && chroma == 1 ? 2 : 1;
      width -= unitX * (sps.golomb() + sps.golomb());
      height -= unitY * (sps.golomb() + sps.golomb());
    }
    return new VideoConfig(
        "hvc1", config.profile(), config.level(), width, height, config.bitDepth());
  }

  private static void skipSubLayers(Bits sps, int subLayers) {
    int bits = 0;
    for (int i = 0; i < subLayers; i++) {
      bits += sps.flag() ? 88 : 0;
      bits += sps.flag() ? 8 : 0;
    }
    sps.skip(subLayers > 0 ? 2L * (8 - subLayers) + bits : 0);
  }
}
