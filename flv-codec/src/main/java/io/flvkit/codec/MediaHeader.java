package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import java.nio.ByteBuffer;

/**
 * Reads the header at the start of an audio or video body: legacy (E.4.2, E.4.3) or enhanced
 * (E-RTMP v2). A mutable scratch of the flyweight: allocates nothing, never reads beyond the body.
 * What does not fit in the body is {@link PacketKind#UNKNOWN}.
 */
final class MediaHeader {
  static final int NO_TRACKS = -1;

  PacketKind kind = PacketKind.UNKNOWN;
  int frameType;
  int codec;
  boolean enhanced;

  /** Packet type of an enhanced header, behind ModEx and multitrack. */
  int packetType;

  /** Whether this is enhanced video of the packet type that has composition times. */
  boolean codedWithTime;

  int compositionMillis;
  int nanoOffset;
  int multitrackType = NO_TRACKS;
  int trackId;

  /** Where the codec's own bytes begin, relative to the body. */
  int payloadOffset;

  /** Bytes of codec data of the first track. */
  int payloadBytes;

  /** Reads the header of the {@code bytes} long body at {@code start}. */
  void read(int type, ByteBuffer source, int start, int bytes) {
    if (enhanced) {
      forgetEnhanced();
    }
    frameType = 0;
    codec = 0;
    compositionMillis = 0;
    payloadOffset = 0;
    payloadBytes = bytes;
    PacketKind found =
        switch (type) {
          case TagType.VIDEO -> bytes == 0 ? PacketKind.EMPTY : video(source, start, bytes);
          case TagType.AUDIO -> bytes == 0 ? PacketKind.EMPTY : audio(source, start, bytes);
          case TagType.SCRIPT, TagType.SCRIPT_AMF3 -> PacketKind.SCRIPT;
          default -> PacketKind.UNKNOWN;
        };
    if (found != kind) {
      kind = found; // seldom: a reference costs a write barrier
    }
    payloadBytes = Math.min(payloadBytes, bytes - payloadOffset);
  }

  /** What only an enhanced header sets. */
  private void forgetEnhanced() {
    enhanced = false;
    packetType = 0;
    codedWithTime = false;
    nanoOffset = 0;
    multitrackType = NO_TRACKS;
    trackId = 0;
  }

  private PacketKind video(ByteBuffer source, int start, int bytes) {
    int first = source.get(start);
    if (first < 0) {
      frameType = first >> 4 & 7;
      return enhanced(true, first & 15, source, start, bytes);
    }
    frameType = first >> 4;
    codec = first & 15;
    payloadOffset = 1;
    if (frameType == FlvTag.FRAME_COMMAND) {
      return PacketKind.COMMAND;
    }
    if (hasAvcPacketType(codec)) {
      return bytes < 5 ? PacketKind.UNKNOWN : avcPacket(source, start);
    }
    if (codec == LegacyCodec.VP6 || codec == LegacyCodec.VP6_ALPHA) {
      payloadOffset = Math.min(2, bytes);
    }
    return PacketKind.CODED_FRAMES;
  }

  private PacketKind avcPacket(ByteBuffer source, int start) {
    int typeAndTime = Bytes.int32(source, start + 1);
    int packetType = typeAndTime >>> 24;
    payloadOffset = 5;
    if (packetType == 1) {
      compositionMillis = typeAndTime << 8 >> 8;
    }
    return basicKind(packetType);
  }

  private PacketKind audio(ByteBuffer source, int start, int bytes) {
    int first = Bytes.uint8(source, start);
    codec = first >> 4;
    if (codec == LegacyCodec.AUDIO_EX_HEADER) {
      return enhanced(false, first & 15, source, start, bytes);
    }
    payloadOffset = 1;
    if (codec != LegacyCodec.AAC) {
      return PacketKind.CODED_FRAMES;
    }
    if (bytes < 2) {
      return PacketKind.UNKNOWN;
    }
    payloadOffset = 2;
    int packetType = Bytes.uint8(source, start + 1);
    return packetType < 2 ? basicKind(packetType) : PacketKind.UNKNOWN;
  }

  private PacketKind enhanced(
      boolean video, int firstType, ByteBuffer source, int start, int bytes) {
    enhanced = true;
    codec = 0;
    int end = start + bytes;
    int at = start + 1;
    int packetType = firstType;
    while (packetType == 7) {
      if (end - at < 1) {
        return PacketKind.UNKNOWN;
      }
      int size = Bytes.uint8(source, at++) + 1;
      if (size == 256) {
        if (end - at < 2) {
          return PacketKind.UNKNOWN;
        }
        size = Bytes.uint16(source, at) + 1;
        at += 2;
      }
      if (end - at < size + 1) {
        return PacketKind.UNKNOWN;
      }
      int next = Bytes.uint8(source, at + size);
      if (next >> 4 == 0 && size >= 3) {
        nanoOffset = Bytes.uint24(source, at);
      }
      at += size + 1;
      packetType = next & 15;
    }
    if (video && packetType != 4 && frameType == FlvTag.FRAME_COMMAND) {
      payloadOffset = at - start;
      return PacketKind.COMMAND;
    }
    if (packetType == (video ? 6 : 5)) {
      if (end - at < 1) {
        return PacketKind.UNKNOWN;
      }
      int both = Bytes.uint8(source, at++);
      multitrackType = both >> 4;
      packetType = both & 15;
    }
    return track(video, packetType, source, start, at, end);
  }

  /** FourCC, track id and size of the first track, then the composition time. */
  private PacketKind track(
      boolean video, int packetType, ByteBuffer source, int start, int from, int end) {
    this.packetType = packetType;
    int at = from;
    int headBytes = 4 + (multitrackType == NO_TRACKS ? 0 : multitrackType == 0 ? 1 : 4);
    if (end - at < headBytes || multitrackType > 2) {
      return PacketKind.UNKNOWN;
    }
    codec = Bytes.int32(source, at);
    at += 4;
    int trackEnd = end;
    if (multitrackType != NO_TRACKS) {
      trackId = Bytes.uint8(source, at++);
      if (multitrackType != 0) {
        int declared = Bytes.uint24(source, at);
        at += 3;
        trackEnd = Math.min(end, at + declared);
      }
    }
    PacketKind found = video ? enhancedVideoKind(packetType) : enhancedAudioKind(packetType);
    codedWithTime = video && packetType == 1;
    if (codedWithTime && FourCc.hasCompositionTime(codec)) {
      if (trackEnd - at < 3) {
        found = PacketKind.UNKNOWN;
      } else {
        compositionMillis = Bytes.int24(source, at);
        at += 3;
      }
    }
    payloadOffset = at - start;
    payloadBytes = trackEnd - at;
    return found;
  }

  private static PacketKind enhancedVideoKind(int packetType) {
    return switch (packetType) {
      case 0, 5 -> PacketKind.SEQUENCE_START;
      case 1, 3 -> PacketKind.CODED_FRAMES;
      case 2 -> PacketKind.SEQUENCE_END;
      case 4 -> PacketKind.VIDEO_METADATA;
      default -> PacketKind.UNKNOWN;
    };
  }

  private static PacketKind enhancedAudioKind(int packetType) {
    return packetType == 4 ? PacketKind.MULTICHANNEL_CONFIG : basicKind(packetType);
  }

  /** A chain, frames first, so that it is small enough for the compiler to put it in place. */
  private static PacketKind basicKind(int packetType) {
    return packetType == 1
        ? PacketKind.CODED_FRAMES
        : packetType == 0
            ? PacketKind.SEQUENCE_START
            : packetType == 2 ? PacketKind.SEQUENCE_END : PacketKind.UNKNOWN;
  }

  private static boolean hasAvcPacketType(int codec) {
    return codec == LegacyCodec.AVC
        || codec == LegacyCodec.MPEG4
        || codec == LegacyCodec.HEVC
        || codec == LegacyCodec.AV1;
  }
}
