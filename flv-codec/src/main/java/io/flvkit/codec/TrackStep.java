package io.flvkit.codec;

import io.flvkit.codec.amf.AmfValue;
import io.flvkit.codec.internal.Bytes;
import java.nio.ByteBuffer;
import java.util.Set;

/** Picks one track out of multitrack tags and writes it in plain enhanced form. */
final class TrackStep extends MetaDataStep {
  private static final String VIDEO_MAP = "videoTrackIdInfoMap";
  private static final String AUDIO_MAP = "audioTrackIdInfoMap";
  private static final int MOD_EX = 7;
  private static final int MAX_HEADER_BYTES = 16;

  private final int videoTrackId;
  private final int audioTrackId;

  TrackStep(int videoTrackId, int audioTrackId, FlvLimits limits) {
    super(limits);
    this.videoTrackId = videoTrackId;
    this.audioTrackId = audioTrackId;
  }

  @Override
  OnMetaData change(OnMetaData metadata) {
    OnMetaData video = describe(metadata, VIDEO_MAP, videoTrackId);
    OnMetaData both = describe(video, AUDIO_MAP, audioTrackId);
    OnMetaData plain = both.without(Set.of(VIDEO_MAP, AUDIO_MAP));
    return plain.equals(metadata) ? metadata : plain.withoutLayout();
  }

  private static OnMetaData describe(OnMetaData metadata, String map, int trackId) {
    OnMetaData described = metadata;
    if (metadata.get(map).orElse(AmfValue.Simple.NULL) instanceof AmfValue.Obj tracks
        && tracks.get(Integer.toString(trackId)) instanceof AmfValue.Obj track) {
      for (AmfValue.Property property : track.properties()) {
        described = described.with(property.name(), property.value());
      }
    }
    return described;
  }

  @Override
  void media(FlvTag tag, FlvHandler next) {
    int wanted = tag.isVideo() ? videoTrackId : audioTrackId;
    boolean hasTrack =
        switch (tag.kind()) {
          case COMMAND, EMPTY, SCRIPT, UNKNOWN -> false;
          default -> true;
        };
    if (!hasTrack || tag.isFiltered() || (!tag.isMultitrack() && wanted == 0)) {
      next.onTag(tag);
      return;
    }
    if (tag.isMultitrack()) {
      for (TrackPacket packet : tag.tracks()) {
        if (packet.trackId() == wanted) {
          next.onTag(plain(tag, packet));
          return;
        }
      }
    }
  }

  private FlvTag plain(FlvTag tag, TrackPacket packet) {
    MediaHeader media = tag.media();
    ByteBuffer body = tag.body();
    ByteBuffer out = retag.begin(MAX_HEADER_BYTES + packet.payloadBytes());
    int head = tag.isVideo() ? 0x80 | media.frameType << 4 : LegacyCodec.AUDIO_EX_HEADER << 4;
    if (media.nanoOffset != 0) {
      out.put((byte) (head | MOD_EX)).put((byte) 2);
      Bytes.putUint24(out, media.nanoOffset);
      out.put((byte) media.packetType);
    } else {
      out.put((byte) (head | media.packetType));
    }
    Bytes.putInt32(out, packet.codec());
    if (media.codedWithTime && FourCc.hasCompositionTime(packet.codec())) {
      Bytes.putUint24(out, packet.compositionMillis());
    }
    out.put(body.slice(body.position() + packet.payloadOffset(), packet.payloadBytes()));
    return retag.finish(tag);
  }
}
