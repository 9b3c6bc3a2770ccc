package io.flvkit.codec;

import io.flvkit.codec.amf.AmfValue;
import io.flvkit.codec.internal.Bytes;
import java.nio.ByteBuffer;

/** Writes enhanced tags of one track in legacy form, where there is one. */
final class LegacyStep extends MetaDataStep {
  private static final int HEADER_BYTES = 5;

  /** 44 kHz, 16 bit, stereo: what every writer sets for AAC, whatever the sound is. */
  private static final int AUDIO_BITS = 0x0F;

  LegacyStep(FlvLimits limits) {
    super(limits);
  }

  @Override
  OnMetaData change(OnMetaData metadata) {
    return legacyId(legacyId(metadata, "videocodecid"), "audiocodecid");
  }

  private static OnMetaData legacyId(OnMetaData metadata, String field) {
    double number = metadata.number(field).orElse(0);
    int legacy = legacyCodec((int) (long) number);
    return legacy < 0 ? metadata : metadata.with(field, AmfValue.of((double) legacy));
  }

  @Override
  void media(FlvTag tag, FlvHandler next) {
    if (!tag.isEnhanced() || tag.isFiltered()) {
      next.onTag(tag);
      return;
    }
    switch (tag.kind()) {
      case VIDEO_METADATA, MULTICHANNEL_CONFIG -> {}
      case SEQUENCE_START, CODED_FRAMES, SEQUENCE_END -> {
        int codec = legacyCodec(tag.codec());
        if (codec < 0) {
          next.onTag(hasModEx(tag) ? withoutModEx(tag) : tag);
        } else if (tag.isVideo()) {
          next.onTag(video(tag, codec));
        } else if (hasLegacyAudio(tag, codec)) {
          next.onTag(audio(tag, codec));
        }
      }
      case COMMAND -> next.onTag(command(tag));
      default -> next.onTag(tag);
    }
  }

  private FlvTag video(FlvTag tag, int codec) {
    ByteBuffer payload = tag.payload();
    ByteBuffer out = retag.begin(HEADER_BYTES + payload.remaining());
    out.put((byte) (tag.frameType() << 4 | codec)).put((byte) packetType(tag));
    Bytes.putUint24(out, tag.compositionMillis());
    out.put(payload);
    return retag.finish(tag);
  }

  /** A legacy codec has frames, AAC its sequence header too; the end has no legacy form. */
  private static boolean hasLegacyAudio(FlvTag tag, int codec) {
    return tag.isCodedMedia() || (tag.isSequenceHeader() && codec == LegacyCodec.AAC);
  }

  private FlvTag audio(FlvTag tag, int codec) {
    ByteBuffer payload = tag.payload();
    ByteBuffer out = retag.begin(HEADER_BYTES + payload.remaining());
    out.put((byte) (codec << 4 | AUDIO_BITS));
    if (codec == LegacyCodec.AAC) {
      out.put((byte) packetType(tag));
    }
    out.put(payload);
    return retag.finish(tag);
  }

  private FlvTag command(FlvTag tag) {
    ByteBuffer payload = tag.payload();
    ByteBuffer out = retag.begin(HEADER_BYTES + payload.remaining());
    out.put((byte) (FlvTag.FRAME_COMMAND << 4 | LegacyCodec.AVC)).put(payload);
    return retag.finish(tag);
  }

  private static boolean hasModEx(FlvTag tag) {
    return (tag.body().get(tag.body().position()) & 15) == 7;
  }

  private FlvTag withoutModEx(FlvTag tag) {
    MediaHeader media = tag.media();
    ByteBuffer payload = tag.payload();
    ByteBuffer out = retag.begin(8 + payload.remaining());
    int head = tag.isVideo() ? 0x80 | media.frameType << 4 : LegacyCodec.AUDIO_EX_HEADER << 4;
    out.put((byte) (head | media.packetType));
    Bytes.putInt32(out, media.codec);
    if (media.codedWithTime && FourCc.hasCompositionTime(media.codec)) {
      Bytes.putUint24(out, media.compositionMillis);
    }
    out.put(payload);
    return retag.finish(tag);
  }

  private static int packetType(FlvTag tag) {
    return tag.isSequenceHeader() ? 0 : tag.isSequenceEnd() ? 2 : 1;
  }

  /** The legacy number of a FourCC, negative if there is none. */
  private static int legacyCodec(int fourCc) {
    return switch (fourCc) {
      case FourCc.AVC1 -> LegacyCodec.AVC;
      case FourCc.HVC1 -> LegacyCodec.HEVC;
      case FourCc.MP4A -> LegacyCodec.AAC;
      case FourCc.MP3 -> LegacyCodec.MP3;
      default -> -1;
    };
  }
}
