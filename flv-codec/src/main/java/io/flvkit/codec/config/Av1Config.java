package io.flvkit.codec.config;

import io.flvkit.codec.FlvFormatException;
import java.nio.ByteBuffer;

/** av1C (AV1 in ISOBMFF, 2.3) and the size in its sequence header OBU (AV1, 5.5). */
final class Av1Config {
  private static final int SEQUENCE_HEADER = 1;

  private Av1Config() {}

  static VideoConfig read(ByteBuffer record) {
    Bits in = new Bits(record);
    if (in.number(8) != 0x81) {
      throw new FlvFormatException(0, "av1C of another version");
    }
    int profile = in.number(3);
    int level = in.number(5);
    in.skip(1);
    boolean high = in.flag();
    int bitDepth = high ? in.flag() && profile == 2 ? 12 : 10 : 8;
    in.skip(high ? 5 + 8 : 6 + 8);
    VideoConfig unsized = new VideoConfig("av01", profile, level, 0, 0, bitDepth);
    while (in.left() >= 16) {
      in.skip(1);
      int type = in.number(4);
      boolean extended = in.flag();
      boolean sized = in.flag();
      in.skip(extended ? 9 : 1);
      long bytes = sized ? leb128(in) : in.left() / 8;
      if (type == SEQUENCE_HEADER) {
        return readSize(in, unsized);
      }
      in.skip(8 * bytes);
    }
    return unsized;
  }

  private static VideoConfig readSize(Bits in, VideoConfig config) {
    in.skip(3 + 1);
    if (in.flag()) {
      in.skip(5); // reduced still picture: one level
    } else {
      skipOperatingPoints(in);
    }
    int widthBits = in.number(4) + 1;
    int heightBits = in.number(4) + 1;
    int width = in.number(widthBits) + 1;
    int height = in.number(heightBits) + 1;
    return new VideoConfig(
        "av01", config.profile(), config.level(), width, height, config.bitDepth());
  }

  private static void skipOperatingPoints(Bits in) {
    boolean timing = in.flag();
    int delayBits = 0;
    boolean decoderModel = false;
    if (timing) {
      in.skip(64);
      if (in.flag()) {
        in.golomb();
      }
      decoderModel = in.flag();
      if (decoderModel) {
        delayBits = in.number(5) + 1;
        in.skip(32 + 5 + 5);
      }
    }
    boolean displayDelay = in.flag();
    int points = in.number(5) + 1;
    for (int i = 0; i < points; i++) {
      in.skip(12);
      if (in.number(5) > 7) {
        in.skip(1);
      }
      if (decoderModel && in.flag()) {
        in.skip(2L * delayBits + 1);
      }
      if (displayDelay && in.flag()) {
        in.skip(4);
      }
    }
  }

  private static long leb128(Bits in) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      long octet = in.take(8);
      value |= (octet & 0x7F) << (7 * i);
      if ((octet & 0x80) == 0) {
        return value;
      }
    }
    throw new FlvFormatException(0, "a number of more than 8 bytes");
  }
}
