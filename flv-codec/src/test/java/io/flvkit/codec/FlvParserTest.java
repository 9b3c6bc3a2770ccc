package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlvParserTest {
  private static final byte[] TWO_TAGS = twoTags();

  @Nested
  class Splits {
    static Stream<String> intact() {
      return Media.intact();
    }

    @ParameterizedTest
    @MethodSource("intact")
    void one_byte_at_a_time_gives_the_same_tags(String name) {
      byte[] bytes = Media.bytes(name);

      assertThat(Feed.pieces(bytes, 1).lines()).isEqualTo(Feed.whole(bytes).lines());
    }

    @ParameterizedTest
    @MethodSource("intact")
    void random_pieces_give_the_same_tags(String name) {
      byte[] bytes = Media.bytes(name);

      assertThat(Feed.randomPieces(bytes, name.hashCode()).lines())
          .isEqualTo(Feed.whole(bytes).lines());
    }

    @Test
    void every_split_in_two_gives_the_same_tags() {
      List<String> whole = Feed.whole(TWO_TAGS).lines();

      for (int at = 1; at < TWO_TAGS.length; at++) {
        Feed.Seen seen = new Feed.Seen();
        FlvParser parser = FlvParser.create(seen);
        parser.parse(ByteBuffer.wrap(TWO_TAGS, 0, at));
        parser.parse(ByteBuffer.wrap(TWO_TAGS, at, TWO_TAGS.length - at));
        parser.end();
        assertThat(seen.lines()).as("split at %d", at).isEqualTo(whole);
      }
    }
  }

  @Test
  void a_tag_is_handed_out_as_soon_as_its_body_is_complete() {
    Feed.Seen seen = new Feed.Seen();
    FlvParser parser = FlvParser.create(seen);

    parser.parse(ByteBuffer.wrap(TWO_TAGS, 0, 13 + 11 + 3));

    assertThat(seen.tags).hasSize(1);
  }

  @Test
  void the_chunk_is_consumed_and_a_tag_inside_it_is_not_copied() {
    ByteBuffer chunk = ByteBuffer.wrap(TWO_TAGS);
    FlvParser parser =
        FlvParser.create(
            tag -> {
              assertThat(tag.body().array()).isSameAs(TWO_TAGS);
              assertThat(tag.wire().array()).isSameAs(TWO_TAGS);
            });

    parser.parse(chunk);

    assertThat(chunk.hasRemaining()).isFalse();
    assertThat(parser.position()).isEqualTo(TWO_TAGS.length);
  }

  @Test
  void a_tag_used_after_its_call_says_so() {
    FlvTag[] kept = new FlvTag[1];
    FlvParser.create(tag -> kept[0] = tag).parse(ByteBuffer.wrap(TWO_TAGS));

    assertThatThrownBy(() -> kept[0].timestampMillis())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("copy()");
  }

  @Test
  void a_header_extension_is_kept() {
    Feed.Seen seen = Feed.whole(Media.bytes("synth/header_offset13_flags0"));

    assertThat(seen.headers).containsExactly(new FlvHeader(1, 0, "EXT!"));
  }

  @Test
  void a_wrong_previous_tag_size_is_a_problem_with_its_position() {
    byte[] bytes = TWO_TAGS.clone();
    bytes[13 + 11 + 3 + 3] = 99;

    Feed.Seen seen = Feed.whole(bytes);

    assertThat(seen.tags).hasSize(2);
    assertThat(seen.problems)
        .extracting(FlvProblem::kind, FlvProblem::position)
        .containsExactly(tuple(FlvProblem.Kind.PREVIOUS_TAG_SIZE, 27L));
  }

  @Nested
  class What_is_not_flv {
    @Test
    void a_wrong_signature_is_refused_at_byte_0() {
      assertFailsAt(0, "HTTP/1.1 404 Not Found\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void a_data_offset_inside_the_header_is_refused() {
      byte[] bytes = TWO_TAGS.clone();
      bytes[8] = 8;

      assertFailsAt(5, bytes);
    }

    @Test
    void a_huge_data_offset_is_refused() {
      byte[] bytes = TWO_TAGS.clone();
      bytes[5] = 0x7F;

      assertFailsAt(5, bytes);
    }

    @Test
    void a_tag_beyond_the_limit_is_refused_before_its_body_comes() {
      FlvParser parser = FlvParser.withLimits(FlvLimits.defaults().withMaxTagBytes(2), tag -> {});

      assertThatThrownBy(() -> parser.parse(ByteBuffer.wrap(TWO_TAGS, 0, 24)))
          .isInstanceOfSatisfying(
              FlvFormatException.class, e -> assertThat(e.position()).isEqualTo(14));
    }

    @Test
    void lost_framing_is_noticed() {
      byte[] bytes = TWO_TAGS.clone();
      Arrays.fill(bytes, 27, 45, (byte) 0x3C);

      assertFailsAt(31, bytes);
    }

    @Test
    void a_second_header_is_refused() {
      byte[] twice = Arrays.copyOf(TWO_TAGS, 2 * TWO_TAGS.length);
      System.arraycopy(TWO_TAGS, 0, twice, TWO_TAGS.length, TWO_TAGS.length);

      assertFailsAt(TWO_TAGS.length, twice);
    }

    @Test
    void an_end_inside_a_tag_is_refused_where_the_tag_begins() {
      assertFailsAt(31, Arrays.copyOf(TWO_TAGS, 31 + 12));
    }

    @Test
    void an_empty_input_is_refused() {
      assertFailsAt(0, new byte[0]);
    }

    @Test
    void after_a_failure_nothing_more_is_taken() {
      FlvParser parser = FlvParser.create(tag -> {});
      assertThatThrownBy(() -> parser.parse(ByteBuffer.wrap(new byte[20])))
          .isInstanceOf(FlvFormatException.class);

      assertThatThrownBy(() -> parser.parse(ByteBuffer.wrap(TWO_TAGS)))
          .isInstanceOf(IllegalStateException.class);
    }

    private static void assertFailsAt(long position, byte[] bytes) {
      assertThatThrownBy(() -> Feed.pieces(bytes, 7))
          .isInstanceOfSatisfying(
              FlvFormatException.class, e -> assertThat(e.position()).isEqualTo(position));
    }
  }

  private static byte[] twoTags() {
    ByteBuffer out = ByteBuffer.allocate(200);
    FlvWriter.putHeader(out, new FlvHeader(true, true));
    FlvWriter.putTag(out, TagType.AUDIO, 5, ByteBuffer.wrap(new byte[] {(byte) 0xAF, 1, 7}));
    FlvWriter.putTag(out, TagType.VIDEO, 0x1_2345_6789L, ByteBuffer.wrap(new byte[] {0x22, 1}));
    return Arrays.copyOf(out.array(), out.position());
  }
}
