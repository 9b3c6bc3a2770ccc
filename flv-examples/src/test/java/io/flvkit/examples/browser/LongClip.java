package io.flvkit.examples.browser;

import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.FlvWriter;
import io.flvkit.codec.ScriptData;
import io.flvkit.codec.amf.AmfValue;
import io.flvkit.codec.amf.AmfValue.Property;
import io.flvkit.examples.Media;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A long file with a keyframe index, as players expect it for seeking: the loop, many times. */
final class LongClip {
  private static final int LOOP_MILLIS = 9600;

  private LongClip() {}

  /** Writes a file that lasts about so many seconds. */
  static void write(Path file, int seconds) throws IOException {
    List<FlvTag> source = Media.tags(Media.loop());
    List<FlvTag> tags = new ArrayList<>(source.stream().filter(FlvTag::isSequenceHeader).toList());
    List<FlvTag> media = source.stream().filter(FlvTag::isCodedMedia).toList();
    for (long start = 0; start < seconds * 1000L; start += LOOP_MILLIS) {
      for (FlvTag tag : media) {
        tags.add(FlvTag.of(tag.type(), start + tag.timestampMillis(), tag.body()));
      }
    }
    // A number takes nine bytes whatever its value: the index of a first draft has the final size.
    long firstTag = FlvHeader.BYTES + 4L + FlvWriter.tagBytes(metadata(tags, 0).bodyBytes());
    tags.add(0, metadata(tags, firstTag));
    ByteBuffer bytes =
        ByteBuffer.allocate(
            FlvHeader.BYTES
                + 4
                + tags.stream().mapToInt(tag -> FlvWriter.tagBytes(tag.bodyBytes())).sum());
    FlvWriter.putHeader(bytes, new FlvHeader(true, true));
    tags.forEach(tag -> FlvWriter.putTag(bytes, tag));
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.write(bytes.flip());
    }
  }

  private static FlvTag metadata(List<FlvTag> tags, long firstTag) {
    List<AmfValue> positions = new ArrayList<>();
    List<AmfValue> times = new ArrayList<>();
    long position = firstTag;
    for (FlvTag tag : tags) {
      if (tag.isVideo() && (tag.isSequenceHeader() || tag.isKeyFrame())) {
        positions.add(AmfValue.of((double) position));
        times.add(AmfValue.of(tag.timestampMillis() / 1000.0));
      }
      position += FlvWriter.tagBytes(tag.bodyBytes());
    }
    AmfValue index =
        AmfValue.Obj.object(
            List.of(
                new Property("filepositions", new AmfValue.StrictArray(positions)),
                new Property("times", new AmfValue.StrictArray(times))));
    double seconds = (tags.get(tags.size() - 1).timestampMillis() + 40) / 1000.0;
    AmfValue all =
        AmfValue.Obj.ecmaArray(
            List.of(
                new Property("duration", AmfValue.of(seconds)),
                new Property("hasKeyframes", AmfValue.of(true)),
                new Property("keyframes", index)));
    return FlvTag.of(18, 0, new ScriptData(ScriptData.ON_META_DATA, List.of(all)).toBody());
  }
}
