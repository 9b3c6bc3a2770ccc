package io.flvkit.codec.config;

import io.flvkit.codec.FlvFormatException;
import java.nio.ByteBuffer;

/** AudioSpecificConfig (ISO 14496-3, 1.6.2.1), with SBR and PS signalled at its front. */
final class AacConfig {
  private static final int[] RATES = {
    96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350
  };
  private static final int SBR = 5;
  private static final int PS = 29;

  private AacConfig() {}

  static AudioConfig read(ByteBuffer record) {
    Bits in = new Bits(record);
    int type = objectType(in);
    int rate = rate(in);
    int layout = in.number(4);
    if (type == SBR || type == PS) {
      rate = rate(in);
    }
    int channels = layout == 7 ? 8 : layout < 7 ? layout : 0;
    return new AudioConfig("mp4a", type, rate, channels);
  }

  private static int objectType(Bits in) {
    int type = in.number(5);
    return type == 31 ? 32 + in.number(6) : type;
  }

  private static int rate(Bits in) {
    int index = in.number(4);
    if (index == 15) {
      return in.number(24);
    }
    if (index >= RATES.length) {
      throw new FlvFormatException(1, "reserved sample rate " + index);
    }
    return RATES[index];
  }
}
