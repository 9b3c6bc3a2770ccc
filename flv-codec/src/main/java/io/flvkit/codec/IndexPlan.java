package io.flvkit.codec;

import io.flvkit.codec.KeyframeIndex.Entry;
import io.flvkit.codec.amf.AmfValue;
import io.flvkit.codec.config.DecoderConfig;
import io.flvkit.codec.config.VideoConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the first pass over a file learns for its metadata. Positions are counted from the end of
 * the metadata tag, whose size is known last. Memory is bounded: a long index is thinned.
 */
final class IndexPlan implements FlvHandler {
  private static final int MAX_ENTRIES = 1 << 16;
  private static final int MAX_CONFIGURATIONS = 1024;

  private final FlvLimits limits;
  private final List<Entry> keyframes = new ArrayList<>();
  private final List<AmfValue> configurations = new ArrayList<>();
  private final TimeSpan span = new TimeSpan();
  private final TimestampChecker times = TimestampChecker.create(problem -> {});
  private final VideoRhythm rhythm = new VideoRhythm();
  private @Nullable FlvHeader header;
  private @Nullable OnMetaData original;
  private @Nullable Entry sequenceHeader;
  private @Nullable VideoConfig picture;
  private @Nullable FlvTag firstVideo;
  private @Nullable FlvTag firstAudio;
  private boolean mediaBegan;
  private long firstMillis;
  private int stride = 1;
  private long keyframesSeen;
  private long bytes;
  private long audioBytes;
  private long videoBytes;
  private long frames;
  private long lastMillis;
  private @Nullable Entry lastKeyframe;

  IndexPlan(FlvLimits limits) {
    this.limits = limits;
  }

  @Override
  public void onHeader(FlvHeader found) {
    header = found;
  }

  /** The file header as it was read; of a file without one, the tracks that there are. */
  FlvHeader header() {
    return header == null ? new FlvHeader(hasAudio(), hasVideo()) : header;
  }

  boolean hasAudio() {
    return firstAudio != null;
  }

  boolean hasVideo() {
    return firstVideo != null;
  }

  long keyframes() {
    return keyframesSeen;
  }

  /** The first timestamp of coded media as it was read from the repairer. */
  long firstMillis() {
    return firstMillis;
  }

  long durationMillis() {
    return span.millis();
  }

  @Override
  public void onTag(FlvTag tag) {
    if (isReplaced(tag)) {
      return;
    }
    int tagBytes = FlvWriter.tagBytes(tag.bodyBytes());
    if (tag.isVideo()) {
      videoBytes += tagBytes;
      firstVideo = firstVideo == null ? tag.copy() : firstVideo;
    } else if (tag.isAudio()) {
      audioBytes += tagBytes;
      firstAudio = firstAudio == null ? tag.copy() : firstAudio;
    }
    if (tag.isAudio() || tag.isVideo()) {
      addMedia(tag);
    }
    bytes += tagBytes;
  }

  /** Whether the tag is the metadata that the new one stands for. Remembers its properties. */
  boolean isReplaced(FlvTag tag) {
    if (original != null || tag.type() != TagType.SCRIPT) {
      return false;
    }
    original = OnMetaData.of(tag, limits).orElse(null);
    return original != null;
  }

  private void addMedia(FlvTag tag) {
    span.add(tag);
    long step = times.check(tag);
    Entry here = new Entry(bytes, tag.timestampMillis());
    if (tag.isCodedMedia()) {
      firstMillis = mediaBegan ? firstMillis : tag.timestampMillis();
      mediaBegan = true;
      lastMillis = Math.max(lastMillis, tag.timestampMillis());
      if (tag.isVideo()) {
        frames++;
        rhythm.add(tag.isKeyFrame(), step);
      }
      if (tag.isKeyFrame()) {
        addKeyframe(here);
      }
    } else if (tag.isSequenceHeader() || tag.isVideoMetadata() || tag.isMultichannelConfig()) {
      addConfiguration(tag, here);
    }
  }

  private void addConfiguration(FlvTag tag, Entry here) {
    if (tag.isVideo() && tag.isSequenceHeader() && sequenceHeader == null) {
      sequenceHeader = here;
      picture = DecoderConfig.of(tag).orElse(null) instanceof VideoConfig config ? config : null;
    }
    if (mediaBegan && configurations.size() < MAX_CONFIGURATIONS) {
      configurations.add(AmfValue.of((double) here.position()));
    }
  }

  private void addKeyframe(Entry here) {
    if (keyframesSeen++ % stride == 0) {
      keyframes.add(here);
    }
    lastKeyframe = here;
    if (keyframes.size() > MAX_ENTRIES) {
      for (int i = keyframes.size() - 1; i > 0; i--) {
        if (i % 2 == 1) {
          keyframes.remove(i);
        }
      }
      stride *= 2;
    }
  }

  /** The metadata of the output, its positions counted from the start of the file. */
  OnMetaData metadata(FlvHeader written) {
    long head = written.dataOffset() + (long) FlvTag.TRAILER_BYTES;
    ByteBuffer draft = metadataAt(head).toBody();
    return metadataAt(head + FlvWriter.tagBytes(draft.remaining()));
  }

  private OnMetaData metadataAt(long start) {
    OnMetaData data = original == null ? OnMetaData.empty() : original;
    data = first(data, "duration", span.millis() / 1000.0);
    VideoConfig size = picture;
    if (size != null && size.width() > 0) {
      data = absent(data, "width", size.width());
      data = absent(data, "height", size.height());
    }
    if (rhythm.fps().isPresent()) {
      data = absent(data, "framerate", rhythm.fps().getAsDouble());
    }
    FlvTag video = firstVideo;
    data = video == null ? data : absent(data, "videocodecid", video.codec());
    FlvTag audio = firstAudio;
    data = audio == null ? data : absent(data, "audiocodecid", audio.codec());
    data = number(data, "filesize", (double) (start + bytes));
    data = number(data, "datasize", (double) bytes);
    data = number(data, "videosize", (double) videoBytes);
    data = number(data, "audiosize", (double) audioBytes);
    data = number(data, "totalframes", (double) frames);
    data = number(data, "lasttimestamp", lastMillis / 1000.0);
    data = data.with("hasAudio", AmfValue.of(hasAudio()));
    data = data.with("hasVideo", AmfValue.of(hasVideo()));
    data = data.with("hasMetadata", AmfValue.of(true));
    data = data.with("hasKeyframes", AmfValue.of(!keyframes.isEmpty()));
    return withIndex(data, start);
  }

  private OnMetaData withIndex(OnMetaData plain, long start) {
    Entry last = lastKeyframe;
    if (last == null) {
      return plain.without(Set.of(KeyframeIndex.PROPERTY, SeekPlanner.CONFIGURATIONS));
    }
    OnMetaData data = number(plain, "lastkeyframetimestamp", last.timestampMillis() / 1000.0);
    data = number(data, "lastkeyframelocation", (double) (start + last.position()));
    List<Entry> entries = new ArrayList<>(keyframes.size() + 1);
    Entry head = sequenceHeader;
    if (head != null && head.position() < keyframes.get(0).position()) {
      entries.add(new Entry(start + head.position(), head.timestampMillis()));
    }
    for (Entry entry : keyframes) {
      entries.add(new Entry(start + entry.position(), entry.timestampMillis()));
    }
    data = data.with(KeyframeIndex.PROPERTY, new KeyframeIndex(entries).toAmf());
    List<AmfValue> positions = new ArrayList<>(configurations.size());
    for (AmfValue position : configurations) {
      positions.add(AmfValue.of(start + ((AmfValue.Num) position).number()));
    }
    return data.with(SeekPlanner.CONFIGURATIONS, new AmfValue.StrictArray(positions));
  }

  private static OnMetaData first(OnMetaData data, String name, double number) {
    if (data.get(name).isPresent()) {
      return number(data, name, number);
    }
    List<AmfValue.Property> properties = new ArrayList<>(data.properties());
    properties.add(0, new AmfValue.Property(name, AmfValue.of(number)));
    return new OnMetaData(properties);
  }

  private static OnMetaData absent(OnMetaData data, String name, double number) {
    return data.get(name).isPresent() ? data : number(data, name, number);
  }

  private static OnMetaData number(OnMetaData data, String name, double number) {
    return data.with(name, AmfValue.of(number));
  }
}
