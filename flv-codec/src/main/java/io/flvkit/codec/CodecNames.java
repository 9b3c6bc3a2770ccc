package io.flvkit.codec;

/** Short names of codecs, the same for legacy numbers and FourCCs. */
public final class CodecNames {
  private CodecNames() {}

  /**
   * Name of the codec of an audio or video tag: a FourCC such as "avc1", "mp4a", "Opus", or for
   * codecs that have none a word such as "flv1", "speex", "pcm"; unknown ones are "audio-N" or
   * "video-N", or their FourCC.
   */
  public static String of(FlvTag tag) {
    if (tag.isEnhanced()) {
      return ofFourCc(tag.codec());
    }
    return tag.isVideo() ? ofVideo(tag.codec()) : ofAudio(tag.codec());
  }

  /** Name of a FourCC. */
  public static String ofFourCc(int fourCc) {
    return fourCc == FourCc.MP3 ? "mp3" : FourCc.text(fourCc);
  }

  /** Name of a legacy CodecID. */
  public static String ofVideo(int codecId) {
    return switch (codecId) {
      case LegacyCodec.JPEG -> "jpeg";
      case LegacyCodec.SORENSON_H263 -> "flv1";
      case LegacyCodec.SCREEN -> "flashsv";
      case LegacyCodec.VP6 -> "vp6";
      case LegacyCodec.VP6_ALPHA -> "vp6a";
      case LegacyCodec.SCREEN_2 -> "flashsv2";
      case LegacyCodec.AVC -> "avc1";
      case LegacyCodec.H263 -> "h263";
      case LegacyCodec.MPEG4 -> "mpeg4";
      case LegacyCodec.HEVC -> "hvc1";
      case LegacyCodec.AV1 -> "av01";
      default -> "video-" + codecId;
    };
  }

  /** Name of a legacy SoundFormat. */
  public static String ofAudio(int soundFormat) {
    return switch (soundFormat) {
      case LegacyCodec.PCM_NATIVE, LegacyCodec.PCM_LITTLE_ENDIAN -> "pcm";
      case LegacyCodec.ADPCM -> "adpcm";
      case LegacyCodec.MP3, LegacyCodec.MP3_8K -> "mp3";
      case LegacyCodec.NELLYMOSER_16K, LegacyCodec.NELLYMOSER_8K, LegacyCodec.NELLYMOSER ->
          "nellymoser";
      case LegacyCodec.A_LAW -> "alaw";
      case LegacyCodec.MU_LAW -> "mulaw";
      case LegacyCodec.AAC -> "mp4a";
      case LegacyCodec.SPEEX -> "speex";
      case LegacyCodec.OPUS -> "Opus";
      default -> "audio-" + soundFormat;
    };
  }

  /** Whether decoding needs a sequence header first. */
  static boolean needsConfiguration(String name) {
    return switch (name) {
      case "avc1", "hvc1", "vvc1", "av01", "mp4a", "fLaC" -> true;
      default -> false;
    };
  }
}
