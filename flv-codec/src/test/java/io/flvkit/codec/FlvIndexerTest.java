package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlvIndexerTest {
  static Stream<String> intact() {
    return Media.intact();
  }

  static Stream<String> damaged() {
    return Media.damaged();
  }

  @ParameterizedTest
  @MethodSource("intact")
  void the_index_names_key_frames_and_the_sizes_are_true(String name) {
    byte[] indexed = index(Media.bytes(name));

    Feed.Seen seen = Feed.whole(indexed);
    FlvReport report = FlvInspectorTest.inspect(indexed);
    OnMetaData metadata = OnMetaData.of(seen.tags.get(0), FlvLimits.defaults()).orElseThrow();
    assertThat(metadata.number("filesize")).hasValue(indexed.length);
    assertThat(metadata.durationSeconds()).hasValue(report.durationMillis() / 1000.0);
    assertThat(report.problems()).noneMatch(p -> p.kind() == FlvProblem.Kind.INDEX);
    assertThat(report.hasErrors()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("intact")
  void all_other_tags_stay_bit_for_bit(String name) {
    List<String> before = wires(Media.bytes(name));

    List<String> after = wires(index(Media.bytes(name)));

    boolean replaced = after.size() == before.size();
    List<String> rest = new ArrayList<>(before);
    if (replaced && !rest.isEmpty()) {
      rest.removeIf(line -> line.startsWith("18 ") && rest.indexOf(line) == firstMetadata(name));
    }
    assertThat(after.subList(1, after.size())).isEqualTo(rest);
  }

  private static int firstMetadata(String name) {
    List<FlvTag> tags = Feed.whole(Media.bytes(name)).tags;
    for (int i = 0; i < tags.size(); i++) {
      if (OnMetaData.of(tags.get(i), FlvLimits.defaults()).isPresent()) {
        return i;
      }
    }
    return -1;
  }

  @ParameterizedTest
  @MethodSource("intact")
  void indexing_twice_changes_nothing(String name) {
    byte[] once = index(Media.bytes(name));

    assertThat(index(once)).isEqualTo(once);
  }

  @Test
  void entry_0_is_the_sequence_header() {
    byte[] indexed = index(Media.bytes("good/h264_aac"));
    Feed.Seen seen = Feed.whole(indexed);
    KeyframeIndex index =
        KeyframeIndex.of(OnMetaData.of(seen.tags.get(0), FlvLimits.defaults()).orElseThrow())
            .orElseThrow();
    Map<Long, FlvTag> byPosition = new HashMap<>();
    seen.tags.forEach(tag -> byPosition.put(tag.position(), tag));

    assertThat(index.entries()).hasSize(11);
    assertThat(byPosition.get(index.entries().get(0).position()).isSequenceHeader()).isTrue();
    for (KeyframeIndex.Entry entry : index.entries().subList(1, 11)) {
      FlvTag tag = byPosition.get(entry.position());
      assertThat(tag.isKeyFrame()).isTrue();
      assertThat(tag.timestampMillis()).isEqualTo(entry.timestampMillis());
    }
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void repair_leaves_no_error_that_can_be_mended_and_is_idempotent(String name) {
    byte[] once = Streams.indexed(Media.bytes(name), FlvIndexer.repairing(FlvLimits.defaults()));

    FlvReport report = FlvInspectorTest.inspect(once);
    assertThat(report.problems())
        .filteredOn(p -> p.severity() == FlvProblem.Severity.ERROR)
        .allMatch(
            p ->
                switch (p.kind()) {
                  case MISSING_CONFIGURATION, CODEC_CHANGE, TIMESTAMP_FROZEN -> true;
                  default -> false;
                });
    assertThat(Streams.indexed(once, FlvIndexer.repairing(FlvLimits.defaults()))).isEqualTo(once);
  }

  @Test
  void repair_lists_what_it_mended() throws IOException {
    FlvIndexer.Result result =
        FlvIndexer.repairing(FlvLimits.defaults())
            .index(
                ByteSource.of(ByteBuffer.wrap(Media.bytes("damaged/garbage_html"))),
                Channels.newChannel(OutputStream.nullOutputStream()));

    assertThat(result.repairs()).hasSize(1);
    assertThat(result.repairs().get(0).kind()).isEqualTo(FlvProblem.Kind.GARBAGE);
    assertThat(result.keyframes()).isEqualTo(3);
  }

  @Test
  void without_repair_a_damaged_file_is_refused() {
    assertThatThrownBy(() -> index(Media.bytes("damaged/garbage_html")))
        .isInstanceOf(FlvFormatException.class);
  }

  @Test
  void a_long_file_gets_a_thinned_index() {
    List<FlvTag> tags = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      tags.add(Streams.video(i * 10L, true));
    }

    byte[] indexed = index(Streams.of(tags));

    KeyframeIndex index =
        KeyframeIndex.of(FlvInspectorTest.inspect(indexed).metadata().orElseThrow()).orElseThrow();
    assertThat(index.entries()).hasSizeBetween(32_768, 65_536);
    assertThat(FlvInspectorTest.inspect(indexed).problems())
        .noneMatch(p -> p.kind() == FlvProblem.Kind.INDEX);
  }

  private static byte[] index(byte[] stream) {
    return Streams.indexed(stream, FlvIndexer.strict(FlvLimits.defaults()));
  }

  private static List<String> wires(byte[] stream) {
    return Feed.whole(stream).tags.stream()
        .map(tag -> tag.type() + " " + Feed.md5(tag.wire()))
        .toList();
  }

  @Test
  void a_file_beyond_4_gib_is_indexed_in_constant_memory() throws IOException {
    int count = 520;
    HugeFile file = new HugeFile(count, 8 << 20);
    Beginning output = new Beginning();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    FlvIndexer.Result result = FlvIndexer.strict(FlvLimits.defaults()).index(file, output);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200 << 20);
    assertThat(result.keyframes()).isEqualTo(count);
    assertThat(result.bytes()).isEqualTo(output.bytes).isGreaterThan(1L << 32);
    KeyframeIndex.Entry last = output.index().entries().get(count - 1);
    assertThat(last.timestampMillis()).isEqualTo((count - 1L) * HugeFile.STEP_MILLIS);
    assertThat(last.position()).isEqualTo(result.bytes() - FlvWriter.tagBytes(8 << 20));
  }

  /** Keeps the first bytes, counts the others. */
  private static final class Beginning implements WritableByteChannel {
    private final ByteBuffer kept = ByteBuffer.allocate(32 << 10);
    private long bytes;

    @Override
    public int write(ByteBuffer source) {
      int count = source.remaining();
      bytes += count;
      while (kept.hasRemaining() && source.hasRemaining()) {
        kept.put(source.get());
      }
      source.position(source.limit());
      return count;
    }

    KeyframeIndex index() {
      List<OnMetaData> found = new ArrayList<>();
      FlvParser.create(tag -> OnMetaData.of(tag, FlvLimits.defaults()).ifPresent(found::add))
          .parse(kept.flip());
      return KeyframeIndex.of(found.get(0)).orElseThrow();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
