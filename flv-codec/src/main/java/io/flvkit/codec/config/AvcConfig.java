package io.flvkit.codec.config;

import io.flvkit.codec.FlvFormatException;
import java.nio.ByteBuffer;

/**
 * avcC (ISO 14496-15, 5.3.3.1) and the part of its first SPS that tells the size (H.264, 7.3.2.1).
 */
final class AvcConfig {
  private AvcConfig() {}

  static VideoConfig read(ByteBuffer record) {
    Bits head = new Bits(record);
    if (head.number(8) != 1) {
      throw new FlvFormatException(0, "avcC of another version");
    }
    int profile = head.number(8);
    head.skip(8);
    int level = head.number(8);
    head.skip(8 + 3);
    if (head.number(5) == 0) {
      return new VideoConfig("avc1", profile, level, 0, 0, 8);
    }
    int spsBytes = head.number(16);
    return readSps(Bits.ofNal(record, record.position() + 8, spsBytes), profile, level);
  }

  private static VideoConfig readSps(Bits sps, int profile, int level) {
    sps.skip(8 + 24);
    sps.golomb(); // id
    int chroma = 1;
    int bitDepth = 8;
    boolean separatePlanes = false;
    if (hasChromaFormat(profile)) {
      chroma = sps.golomb();
      separatePlanes = chroma == 3 && sps.flag();
      bitDepth = 8 + sps.golomb();
      sps.golomb();
      sps.skip(1);
      if (sps.flag()) {
        skipScalingLists(sps, chroma == 3 ? 12 : 8);
      }
    }
    sps.golomb();
    skipPictureOrder(sps);
    sps.golomb();
    sps.skip(1);
    int widthMbs = sps.golomb() + 1;
    int heightUnits = sps.golomb() + 1;
    int fields = sps.flag() ? 1 : 2;
    if (fields == 2) {
      sps.skip(1);
    }
    sps.skip(1);
    int width = widthMbs * 16;
    int height = heightUnits * 16 * fields;
    if (sps.flag()) {
      int unitX = chroma == 0 || separatePlanes || chroma == 3 ? 1 : 2;
      int unitY = (chroma == 1 && !separatePlanes ? 2 : 1) * fields;
      width -= unitX * (sps.golomb() + sps.golomb());
      height -= unitY * (sps.golomb() + sps.golomb());
    }
    return new VideoConfig("avc1", profile, level, width, height, bitDepth);
  }

  private static boolean hasChromaFormat(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  private static void skipScalingLists(Bits sps, int lists) {
    for (int i = 0; i < lists; i++) {
      if (sps.flag()) {
        int last = 8;
        int next = 8;
        for (int j = 0; j < (i < 6 ? 16 : 64); j++) {
          if (next != 0) {
            next = (last + sps.signedGolomb()) & 0xFF;
          }
          last = next == 0 ? last : next;
        }
      }
    }
  }

  private static void skipPictureOrder(Bits sps) {
    int type = sps.golomb();
    if (type == 0) {
      sps.golomb();
    } else if (type == 1) {
      sps.skip(1);
      sps.golomb();
      sps.golomb();
      int cycle = sps.golomb();
      for (int i = 0; i < cycle; i++) {
        sps.golomb();
      }
    }
  }
}
