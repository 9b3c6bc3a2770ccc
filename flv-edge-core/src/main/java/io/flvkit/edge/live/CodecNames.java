package io.flvkit.edge.live;

import io.flvkit.codec.FlvTag;
import io.flvkit.codec.FourCc;
import io.flvkit.codec.LegacyCodec;

/** Short names of codecs, those of ISO media where one exists. */
final class CodecNames {
  private CodecNames() {}

  static String of(FlvTag tag) {
    if (tag.isEnhanced()) {
      String name = FourCc.text(tag.codec());
      return name.equals(".mp3") ? "mp3" : name;
    }
    return tag.isVideo() ? video(tag.codec()) : audio(tag.codec());
  }

  private static String video(int id) {
    return switch (id) {
      case LegacyCodec.SORENSON_H263 -> "flv1";
      case LegacyCodec.SCREEN -> "flashsv";
      case LegacyCodec.SCREEN_2 -> "flashsv2";
      case LegacyCodec.VP6, LegacyCodec.VP6_ALPHA -> "vp6";
      case LegacyCodec.AVC -> "avc1";
      case LegacyCodec.HEVC -> "hvc1";
      case LegacyCodec.AV1 -> "av01";
      default -> "video-" + id;
    };
  }

  private static String audio(int id) {
    return switch (id) {
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
      default -> "audio-" + id;
    };
  }
}
