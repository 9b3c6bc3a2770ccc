package io.flvkit.codec;

import io.flvkit.codec.KeyframeIndex.Entry;
import io.flvkit.codec.amf.AmfValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the key frame and the decoder configuration for one {@link SeekPlan}. */
final class SeekPlanner {
  /** Property of onMetaData with the places of configuration that follows after media. */
  static final String CONFIGURATIONS = "configurations";

  private static final int TOLERANCE_MILLIS = 2500;

  /** Entries looked at for the first key frame: the ones before may be sequence headers. */
  private static final int MAX_LOOKS = 4;

  /** Before a key frame that a foreign index names, this much is walked over for configuration. */
  private static final long WALKED_BYTES = 8 << 20;

  private final TagCursor cursor;
  private final FlvLimits limits;
  private final SeekMemory memory;
  private final long end;
  private final FlvHeader header;
  private @Nullable OnMetaData metadata;
  private final Map<Integer, FlvTag> configurations = new LinkedHashMap<>();
  private boolean hasVideo;
  private long newestMillis = -1;
  private @Nullable Join join;
  private boolean joinIsVideo;
  private @Nullable List<FlvTag> copied;

  /** What was found: the place to begin at and the configuration that is valid there. */
  private record Join(long position, long timestampMillis, List<FlvTag> configurations) {}

  /**
   * A walk over the tags that has come to some place: what it would know again if it began there.
   *
   * @param position of the tag that comes next
   * @param newestMillis greatest timestamp before it
   */
  record Mark(
      long position,
      long newestMillis,
      @Nullable Join join,
      boolean joinIsVideo,
      boolean hasVideo,
      @Nullable OnMetaData metadata,
      List<FlvTag> configurations) {}

  SeekPlanner(ByteSource source, FlvLimits limits, SeekMemory memory) throws IOException {
    this.cursor = new TagCursor(source, limits);
    this.limits = limits;
    this.memory = memory;
    this.end = source.bytes();
    this.header = cursor.header();
  }

  Optional<SeekPlan> byTime(long millis) throws IOException {
    long first = readHead();
    Optional<Join> indexed = fromIndex(entry -> entry.timestampMillis() <= millis);
    if (indexed.isPresent() && millis <= lastTimestamp()) {
      return indexed.map(this::plan);
    }
    Mark mark = memory.last(known -> known.newestMillis() <= millis);
    Optional<Join> found = scan(first, mark, tag -> tag.timestampMillis() > millis);
    return (millis <= newestMillis ? found : Optional.<Join>empty()).map(this::plan);
  }

  Optional<SeekPlan> byPosition(long position) throws IOException {
    if (position >= end) {
      return Optional.empty();
    }
    long first = readHead();
    Optional<Join> indexed = fromIndex(entry -> entry.position() <= position);
    if (indexed.isPresent()) {
      return indexed.map(this::plan);
    }
    Mark mark = memory.last(known -> known.position() <= position);
    return scan(first, mark, tag -> tag.position() > position).map(this::plan);
  }

  /** Reads up to the first coded tag and returns where the tags begin. */
  private long readHead() throws IOException {
    long at = firstTag();
    while (at < end) {
      FlvTag tag = cursor.at(at);
      if (tag.isCodedMedia()) {
        break;
      }
      note(tag);
      at = cursor.after(at);
    }
    return firstTag();
  }

  private long firstTag() {
    return (long) header.dataOffset() + FlvTag.TRAILER_BYTES;
  }

  private void note(FlvTag tag) {
    if (metadata == null && tag.type() == TagType.SCRIPT) {
      metadata = OnMetaData.of(tag, limits).orElse(null);
    }
    hasVideo |= tag.isVideo() && (tag.isSequenceHeader() || tag.isCodedMedia());
    switch (tag.kind()) {
      case SEQUENCE_START, VIDEO_METADATA, MULTICHANNEL_CONFIG -> {
        configurations.put(configurationKey(tag), tag.copy());
        copied = null;
      }
      default -> {}
    }
  }

  private static int configurationKey(FlvTag tag) {
    int kind = tag.isSequenceHeader() ? 0 : tag.isVideoMetadata() ? 1 : 2;
    return kind << 16 | tag.type() << 8 | tag.trackId();
  }

  /** The last key frame of the index that {@code wanted} accepts, if it is where the index says. */
  private Optional<Join> fromIndex(Predicate<Entry> wanted) throws IOException {
    OnMetaData data = metadata;
    KeyframeIndex index = data == null ? null : KeyframeIndex.of(data).orElse(null);
    if (data == null || index == null) {
      return Optional.empty();
    }
    Entry best = null;
    int looked = 0;
    for (Entry entry : index.entries()) {
      if (best == null && looked < MAX_LOOKS) {
        looked++;
        FlvTag tag = tagAt(entry);
        best = tag != null && tag.isKeyFrame() ? entry : null;
      } else if (best != null && wanted.test(entry)) {
        best = entry;
      } else {
        break;
      }
    }
    FlvTag tag = best == null ? null : tagAt(best);
    if (tag == null || !tag.isKeyFrame()) {
      return Optional.empty();
    }
    long position = tag.position();
    long timestampMillis = tag.timestampMillis();
    return readConfigurations(data, index, position)
        ? Optional.of(new Join(position, timestampMillis, configurations()))
        : Optional.empty();
  }

  /** The tag that an entry names; null if it is another one or none. */
  private @Nullable FlvTag tagAt(Entry entry) throws IOException {
    try {
      FlvTag tag = cursor.at(entry.position());
      long off = Math.abs(tag.timestampMillis() - entry.timestampMillis());
      return tag.isVideo() && off <= TOLERANCE_MILLIS ? tag : null;
    } catch (FlvFormatException e) {
      return null;
    }
  }

  /** Learns the configuration in force at the key frame; false if the index cannot be believed. */
  private boolean readConfigurations(OnMetaData data, KeyframeIndex index, long keyFrame)
      throws IOException {
    if (data.get(CONFIGURATIONS).orElse(AmfValue.Simple.NULL)
        instanceof AmfValue.StrictArray positions) {
      for (AmfValue position : positions.elements()) {
        if (position instanceof AmfValue.Num number && number.number() < keyFrame) {
          note(cursor.at((long) number.number()));
        }
      }
      return true;
    }
    return walk(index, keyFrame);
  }

  /** Looks at each tag of the last megabytes before the key frame. */
  private boolean walk(KeyframeIndex index, long keyFrame) throws IOException {
    long at = firstTag();
    for (int i = 0; keyFrame - at > WALKED_BYTES; i++) {
      at = index.entries().get(i).position(); // ends at the key frame, which is an entry
    }
    try {
      while (at < keyFrame) {
        note(cursor.at(at));
        at = cursor.after(at);
      }
    } catch (FlvFormatException e) {
      return false;
    }
    return at == keyFrame;
  }

  /**
   * The last place to join before the first coded tag that is {@code beyond}, or at all.
   *
   * @param mark to begin at; none of the tags before it is beyond
   */
  private Optional<Join> scan(long first, @Nullable Mark mark, Predicate<FlvTag> beyond)
      throws IOException {
    if (mark != null) {
      resume(mark);
    }
    boolean before = true;
    for (long at = mark == null ? first : mark.position(); at < end; at = cursor.after(at)) {
      if (before && memory.wantsMarkAt(at)) {
        memory.add(
            new Mark(at, newestMillis, join, joinIsVideo, hasVideo, metadata, configurations()));
      }
      FlvTag tag = cursor.at(at);
      note(tag);
      if (!tag.isCodedMedia()) {
        continue;
      }
      newestMillis = Math.max(newestMillis, tag.timestampMillis());
      boolean isBeyond = beyond.test(tag);
      before &= !isBeyond;
      if (isBeyond && join != null && joinIsVideo == hasVideo) {
        break;
      }
      boolean isJoin = tag.isKeyFrame() || (tag.isAudio() && !hasVideo);
      if (isJoin && (!isBeyond || join == null || tag.isVideo())) {
        join = new Join(at, tag.timestampMillis(), configurations());
        joinIsVideo = tag.isVideo();
      }
    }
    return Optional.ofNullable(join);
  }

  private void resume(Mark mark) {
    newestMillis = mark.newestMillis();
    join = mark.join();
    joinIsVideo = mark.joinIsVideo();
    hasVideo = mark.hasVideo();
    metadata = mark.metadata();
    configurations.clear();
    copied = null;
    mark.configurations().forEach(this::note);
  }

  private List<FlvTag> configurations() {
    List<FlvTag> known = copied;
    if (known == null) {
      known = List.copyOf(configurations.values());
      copied = known;
    }
    return known;
  }

  /**
   * The timestamp of the last tag, found by the last PreviousTagSize; negative if that is wrong.
   */
  private long lastTimestamp() throws IOException {
    int size = cursor.int32(end - FlvTag.TRAILER_BYTES);
    try {
      return cursor.at(end - FlvTag.TRAILER_BYTES - size).timestampMillis();
    } catch (FlvFormatException e) {
      return -1;
    }
  }

  private SeekPlan plan(Join join) {
    ByteBuffer body = metadata == null ? null : metadata.withoutLayout().toBody();
    int bytes = header.dataOffset() + FlvTag.TRAILER_BYTES;
    bytes += body == null ? 0 : FlvWriter.tagBytes(body.remaining());
    for (FlvTag tag : join.configurations()) {
      bytes += FlvWriter.tagBytes(tag.bodyBytes());
    }
    ByteBuffer prelude = ByteBuffer.allocate(bytes);
    FlvWriter.putHeader(prelude, header);
    if (body != null) {
      FlvWriter.putTag(prelude, TagType.SCRIPT, join.timestampMillis(), body);
    }
    for (FlvTag tag : join.configurations()) {
      FlvWriter.putTagAt(prelude, join.timestampMillis(), tag);
    }
    return new SeekPlan(prelude.flip(), join.position(), end, join.timestampMillis());
  }
}
