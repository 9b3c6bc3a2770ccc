package io.flvkit.edge.live;

import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.FlvWriter;
import io.flvkit.codec.OnMetaData;
import io.flvkit.codec.PacketKind;
import io.flvkit.codec.TagType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder must know at a point of a stream: metadata and the configuration of every track.
 * Immutable; a tag that says nothing new gives the same object back.
 */
final class Configuration {
  static final Configuration NONE = new Configuration(null, List.of());

  /** Bound on what a stranger can make us keep: tracks times kinds of configuration. */
  private static final int ENTRIES_MAX = 64;

  private final @Nullable OnMetaData metadata;
  private final List<Entry> entries;

  private Configuration(@Nullable OnMetaData metadata, List<Entry> entries) {
    this.metadata = metadata;
    this.entries = entries;
  }

  private record Entry(int type, PacketKind kind, int trackId, ByteBuffer body) {
    boolean isSameTrack(FlvTag tag) {
      return type == tag.type() && kind == tag.kind() && trackId == tag.trackId();
    }
  }

  /** Whether a tag of audio or video tells a decoder how to decode what follows. */
  static boolean isConfiguration(FlvTag tag) {
    return switch (tag.kind()) {
      case SEQUENCE_START, VIDEO_METADATA, MULTICHANNEL_CONFIG -> true;
      default -> false;
    };
  }

  /** The configuration after this tag. */
  Configuration after(FlvTag tag) {
    if (tag.isScript()) {
      OnMetaData found = OnMetaData.of(tag, FlvLimits.live()).orElse(null);
      return found == null || found.equals(metadata) ? this : new Configuration(found, entries);
    }
    if (!isConfiguration(tag)) {
      return this;
    }
    ByteBuffer body = tag.body();
    int at = 0;
    while (at < entries.size() && !entries.get(at).isSameTrack(tag)) {
      at++;
    }
    if (at < entries.size() && entries.get(at).body().equals(body)) {
      return this;
    }
    List<Entry> changed = new ArrayList<>(entries);
    Entry entry = new Entry(tag.type(), tag.kind(), tag.trackId(), copyOf(body));
    if (at < entries.size()) {
      changed.set(at, entry);
    } else if (entries.size() < ENTRIES_MAX) {
      changed.add(entry);
    }
    return new Configuration(metadata, List.copyOf(changed));
  }

  private static ByteBuffer copyOf(ByteBuffer body) {
    return ByteBuffer.allocate(body.remaining()).put(body.duplicate()).flip().asReadOnlyBuffer();
  }

  /**
   * Header, metadata and configuration, all at time 0: what comes before a viewer's first frame.
   */
  ByteBuffer prelude(FlvHeader header, RenditionKind rendition) {
    return opening(header, rendition, metadata == null ? null : liveMetadata(metadata, header));
  }

  /** Header, metadata and configuration as the origin said them, at time 0. */
  ByteBuffer asReceived(FlvHeader header) {
    return opening(header, RenditionKind.FULL, metadata);
  }

  private ByteBuffer opening(
      FlvHeader header, RenditionKind rendition, @Nullable OnMetaData first) {
    ByteBuffer script = first == null ? null : first.toBody();
    int bytes = header.dataOffset() + FlvTag.TRAILER_BYTES + configurationBytes(rendition);
    ByteBuffer out =
        ByteBuffer.allocate(bytes + (script == null ? 0 : FlvWriter.tagBytes(script.remaining())));
    FlvWriter.putHeader(out, header);
    if (script != null) {
      FlvWriter.putTag(out, TagType.SCRIPT, 0, script);
    }
    putConfiguration(out, rendition, 0);
    return out.flip();
  }

  /** The configuration alone, for a viewer that goes on at a later keyframe. */
  ByteBuffer tagsAt(long timestampMillis, RenditionKind rendition) {
    ByteBuffer out = ByteBuffer.allocate(configurationBytes(rendition));
    putConfiguration(out, rendition, timestampMillis);
    return out.flip();
  }

  /** Hands over each configuration tag as a record of its own. */
  void forEachTag(long timestampMillis, RecordSink sink) {
    for (Entry entry : entries) {
      ByteBuffer tag = ByteBuffer.allocate(FlvWriter.tagBytes(entry.body().remaining()));
      FlvWriter.putTag(tag, entry.type(), timestampMillis, entry.body());
      int media = entry.type() == TagType.AUDIO ? RecordKind.AUDIO : RecordKind.VIDEO;
      sink.take(tag.flip(), media | RecordKind.CONFIGURATION);
    }
  }

  /** Takes records. */
  @FunctionalInterface
  interface RecordSink {
    void take(ByteBuffer record, int recordKind);
  }

  /** Whether a decoder that knows the other needs no word to go on with this one. */
  boolean hasSameTracks(Configuration other) {
    return entries.equals(other.entries);
  }

  /** Players believe hasAudio and hasVideo more than the header, so both say the same. */
  static OnMetaData liveMetadata(OnMetaData metadata, FlvHeader header) {
    OnMetaData live = metadata.forLive();
    boolean full = header.hasAudio() && header.hasVideo();
    boolean contradicts =
        live.get("hasAudio").isPresent() || live.get("hasVideo").isPresent() || !full;
    return contradicts ? live.withTracks(header.hasAudio(), header.hasVideo()) : live;
  }

  private int configurationBytes(RenditionKind rendition) {
    int bytes = 0;
    for (Entry entry : entries) {
      if (belongs(entry, rendition)) {
        bytes += FlvWriter.tagBytes(entry.body().remaining());
      }
    }
    return bytes;
  }

  private void putConfiguration(ByteBuffer out, RenditionKind rendition, long timestampMillis) {
    for (Entry entry : entries) {
      if (belongs(entry, rendition)) {
        FlvWriter.putTag(out, entry.type(), timestampMillis, entry.body());
      }
    }
  }

  private static boolean belongs(Entry entry, RenditionKind rendition) {
    return entry.type() == TagType.AUDIO ? rendition.hasAudio() : rendition.hasVideo();
  }
}
