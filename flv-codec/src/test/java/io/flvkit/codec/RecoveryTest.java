package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every damaged file of the corpus gives at least its intact tags. */
class RecoveryTest {
  private static final Map<String, Object> EXPECTED =
      Json.object(Media.text("damaged/expected.json"));
  private static final List<FlvTag> BASE = Feed.whole(Media.bytes("good/loop_low")).tags;

  static Stream<String> damaged() {
    return Media.damaged();
  }

  static Stream<String> intact() {
    return Media.intact();
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void every_intact_tag_is_found_at_its_place(String name) {
    Map<String, Object> expected = Json.map(EXPECTED.get(name.replace("damaged/", "")));

    Map<Long, String> found = new HashMap<>();
    for (FlvTag tag : recovered(Media.bytes(name), 1 << 20).tags) {
      found.put(tag.position(), Feed.md5(tag.wire()));
    }

    List<?> ranges = (List<?>) expected.get("intact");
    List<?> offsets = (List<?>) expected.get("offsets");
    for (int i = 0; i < ranges.size(); i++) {
      long at = Json.number(offsets.get(i));
      List<?> range = (List<?>) ranges.get(i);
      int last = (int) Json.number(range.get(1));
      for (int tag = (int) Json.number(range.get(0)); tag <= last; tag++) {
        at = placeOf(BASE.get(tag), at, found, name);
      }
    }
  }

  /** Ranges in the middle of which something was inserted go on a little later. */
  private static long placeOf(FlvTag tag, long from, Map<Long, String> found, String name) {
    String wanted = Feed.md5(tag.wire());
    for (long at = from; at < from + 40_000; at++) {
      if (wanted.equals(found.get(at))) {
        return at + FlvWriter.tagBytes(tag.bodyBytes());
      }
    }
    throw new AssertionError(name + ": " + tag + " is missing at " + from);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"garbage_between", "garbage_chunked", "garbage_fake_tags", "garbage_html"})
  void nothing_in_garbage_is_taken_for_a_tag(String name) {
    List<String> base = BASE.stream().map(tag -> Feed.md5(tag.wire())).toList();

    List<FlvTag> tags = recovered(Media.bytes("damaged/" + name), 1 << 20).tags;

    assertThat(tags).hasSize(154).allMatch(tag -> base.contains(Feed.md5(tag.wire())));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void bodies_of_tags_whose_header_was_altered_are_found(String name) {
    Map<String, Object> expected = Json.map(EXPECTED.get(name.replace("damaged/", "")));
    List<String> base =
        BASE.stream().limit(154).map(tag -> Feed.md5(tag.body())).distinct().toList();

    List<FlvTag> tags = recovered(Media.bytes(name), 1 << 20).tags;

    long known = tags.stream().filter(tag -> base.contains(Feed.md5(tag.body()))).count();
    assertThat(known)
        .isGreaterThanOrEqualTo(
            Json.number(expected.get("intact_tags"))
                + Json.number(expected.get("body_only_intact_tags")));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void any_split_finds_the_same(String name) {
    byte[] bytes = Media.bytes(name);
    List<String> whole = recovered(bytes, bytes.length).lines();

    assertThat(recovered(bytes, 1).lines()).isEqualTo(whole);
    assertThat(recovered(bytes, 1460).lines()).isEqualTo(whole);
  }

  @ParameterizedTest
  @MethodSource("intact")
  void an_intact_file_reads_as_with_a_strict_parser(String name) {
    byte[] bytes = Media.bytes(name);

    assertThat(recovered(bytes, 4096).lines()).isEqualTo(Feed.whole(bytes).lines());
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void a_strict_parser_reads_the_same_or_stops_with_a_position(String name) {
    byte[] bytes = Media.bytes(name);
    List<String> recovered =
        recovered(bytes, bytes.length).tags.stream().map(Object::toString).toList();
    Feed.Seen seen = new Feed.Seen();
    FlvParser parser = FlvParser.create(seen);

    try {
      parser.parse(ByteBuffer.wrap(bytes));
      parser.end();
      assertThat(seen.tags).hasSameSizeAs(recovered);
    } catch (FlvFormatException e) {
      assertThat(e.position()).isBetween(0L, (long) bytes.length);
    }
  }

  @Test
  void a_second_header_is_a_restart_event() {
    for (String name : List.of("full_header_ts0", "full_header_ts_cont", "header9", "cut_tag")) {
      List<Long> restarts = new ArrayList<>();
      FlvHandler handler =
          new FlvHandler() {
            @Override
            public void onTag(FlvTag tag) {}

            @Override
            public void onRestart(FlvHeader header, long position) {
              restarts.add(position);
            }
          };
      FlvParser parser = FlvParser.recovering(FlvLimits.defaults(), handler);
      parser.parse(ByteBuffer.wrap(Media.bytes("damaged/reconnect_" + name)));
      parser.end();

      assertThat(restarts).as(name).hasSize(1);
    }
  }

  @Test
  void a_huge_size_does_not_hold_up_a_live_stream() {
    byte[] bytes = Media.bytes("damaged/datasize_max");
    Feed.Seen seen = new Feed.Seen();
    FlvParser parser = FlvParser.recovering(FlvLimits.defaults(), seen);

    parser.parse(ByteBuffer.wrap(bytes, 0, 14_000));

    assertThat(seen.tags.get(seen.tags.size() - 1).position()).isGreaterThan(12_000);
  }

  @Test
  void endless_garbage_is_given_up_at_the_limit() {
    FlvParser parser = FlvParser.recovering(FlvLimits.live(), tag -> {});
    byte[] garbage = new byte[1 << 16];
    new Random(1).nextBytes(garbage);

    FlvFormatException failure = null;
    for (int i = 0; i < 100 && failure == null; i++) {
      try {
        parser.parse(ByteBuffer.wrap(garbage));
      } catch (FlvFormatException e) {
        failure = e;
      }
    }

    assertThat(failure).isNotNull().hasMessageContaining("no tag within 1048576 bytes");
    assertThat(parser.position()).isLessThanOrEqualTo(3 << 19);
  }

  private static Feed.Seen recovered(byte[] bytes, int size) {
    Feed.Seen seen = new Feed.Seen();
    FlvParser parser = FlvParser.recovering(FlvLimits.defaults(), seen);
    for (int at = 0; at < bytes.length; at += size) {
      parser.parse(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)));
    }
    parser.end();
    return seen;
  }
}
