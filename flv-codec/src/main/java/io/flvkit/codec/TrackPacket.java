package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One track's part of an audio or video tag (E-RTMP v2, multitrack).
 *
 * @param trackId 0..255, 0 in a tag without multitrack header
 * @param codec FourCC, or legacy number in a legacy tag
 * @param compositionMillis presentation minus decoding time, signed 24 bits
 * @param payloadOffset where the codec's own bytes begin, from the start of the body
 * @param payloadBytes how many there are
 */
public record TrackPacket(
    int trackId, int codec, int compositionMillis, int payloadOffset, int payloadBytes) {

  /** A track id is one byte: more records than that repeat themselves. */
  private static final int MAX_TRACKS = 256;

  /** The tracks of a tag, in order. A record that overruns the tag ends the list before it. */
  static List<TrackPacket> read(MediaHeader header, ByteBuffer in, int start, int bytes) {
    TrackPacket first =
        new TrackPacket(
            header.trackId,
            header.codec,
            header.compositionMillis,
            header.payloadOffset,
            header.payloadBytes);
    return header.multitrackType > 0 ? readMany(first, header, in, start, bytes) : List.of(first);
  }

  private static List<TrackPacket> readMany(
      TrackPacket first, MediaHeader header, ByteBuffer in, int start, int bytes) {
    List<TrackPacket> tracks = new ArrayList<>();
    tracks.add(first);
    int manyCodecs = header.multitrackType == 2 ? 4 : 0;
    int at = header.payloadOffset + header.payloadBytes;
    while (tracks.size() < MAX_TRACKS && bytes - at >= manyCodecs + 4) {
      int codec = manyCodecs > 0 ? Bytes.int32(in, start + at) : header.codec;
      int trackId = Bytes.uint8(in, start + at + manyCodecs);
      int end = at + manyCodecs + 4 + Bytes.uint24(in, start + at + manyCodecs + 1);
      at += manyCodecs + 4;
      int timeBytes = header.codedWithTime && FourCc.hasCompositionTime(codec) ? 3 : 0;
      if (end > bytes || end - at < timeBytes) {
        break;
      }
      int compositionMillis = timeBytes > 0 ? Bytes.int24(in, start + at) : 0;
      at += timeBytes;
      tracks.add(new TrackPacket(trackId, codec, compositionMillis, at, end - at));
      at = end;
    }
    return tracks;
  }
}
