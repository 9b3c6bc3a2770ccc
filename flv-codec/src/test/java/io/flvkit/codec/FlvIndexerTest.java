package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
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
}
