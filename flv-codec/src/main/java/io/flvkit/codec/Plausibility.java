package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import java.nio.ByteBuffer;

/** Whether bytes look like a tag: the judgement that finds tags in damaged streams. */
final class Plausibility {
  private final FlvLimits limits;
  private int usualStreamId;
  private int usualReservedBits;
  private boolean sizesAgree;

  Plausibility(FlvLimits limits) {
    this.limits = limits;
  }

  /** Learns from a tag that is trusted: some writers set StreamID or reserved bits in every tag. */
  void trust(ByteBuffer in, int at) {
    usualReservedBits = in.get(at) & 0xC0;
    usualStreamId = Bytes.uint24(in, at + 8);
  }

  /** Learns whether the PreviousTagSize of a trusted tag was right: some writers never are. */
  void trustSizes(boolean agree) {
    sizesAgree = agree;
  }

  /** Whether the stream's tags have a right PreviousTagSize, so that one without it is doubtful. */
  boolean sizesAgree() {
    return sizesAgree;
  }

  /** Whether the 11 bytes at {@code at} can be the header of an audio, video or script tag. */
  boolean isTagHeader(ByteBuffer in, int at) {
    int first = Bytes.uint8(in, at);
    if (!TagType.isKnown(first & 0x1F)) {
      return false;
    }
    int reserved = first & 0xC0;
    int streamId = Bytes.uint24(in, at + 8);
    return (reserved == 0 || reserved == usualReservedBits)
        && (streamId == 0 || streamId == usualStreamId)
        && Bytes.uint24(in, at + 1) <= limits.maxTagBytes();
  }

  /** Whether the 9 bytes at {@code at} are a file header without extension. */
  static boolean isFileHeader(ByteBuffer in, int at) {
    return in.get(at) == 'F'
        && Bytes.int32(in, at) == FlvHeader.SIGNATURE_AND_VERSION
        && Bytes.int32(in, at + 5) == FlvHeader.BYTES;
  }

  /** Whether a body that begins at {@code at} suits the tag type in {@code first}. */
  static boolean isBody(int first, ByteBuffer in, int at, int bytes) {
    if (bytes == 0) {
      return false;
    }
    int head = Bytes.uint8(in, at);
    return switch (first & 0x1F) {
      case TagType.AUDIO -> isAudioHead(head);
      case TagType.VIDEO -> isVideoHead(head);
      case TagType.SCRIPT -> head == 2;
      case TagType.SCRIPT_AMF3 -> head == 0;
      default -> false;
    };
  }

  private static boolean isAudioHead(int head) {
    int format = head >> 4;
    int packetType = head & 15;
    if (format == LegacyCodec.AUDIO_EX_HEADER) {
      return packetType <= 7 && packetType != 3 && packetType != 6;
    }
    return format != 12 && format != LegacyCodec.DEVICE;
  }

  private static boolean isVideoHead(int head) {
    int frameType = head >> 4 & 7;
    int low = head & 15;
    if (frameType < 1 || frameType > 5) {
      return false;
    }
    return (head & 0x80) != 0 ? low <= 7 : low >= 1 && low <= 13 && low != 10 && low != 11;
  }
}
