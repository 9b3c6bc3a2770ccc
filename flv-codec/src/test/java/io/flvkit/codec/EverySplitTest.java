package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files cut in two at every byte: both halves together say what the whole said. */
class EverySplitTest {
  private static final int SMALL_BYTES = 30_000;

  static Stream<String> small() {
    return Media.intact().filter(name -> Media.bytes(name).length < SMALL_BYTES);
  }

  @ParameterizedTest
  @MethodSource("small")
  void a_strict_parser_gives_the_same_tags(String name) {
    assertSplits(Media.bytes(name), FlvParser::create);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage_html", "reconnect_header9"})
  void a_recovering_parser_gives_the_same_tags(String name) {
    assertSplits(
        Media.bytes("damaged/" + name), handler -> FlvParser.recovering(FlvLimits.live(), handler));
  }

  @Test
  void a_tag_is_handed_out_with_its_last_byte_by_either_parser() {
    byte[] stream = Media.bytes("good/h264_aac");
    List<Long> ends = new ArrayList<>();
    FlvParser.create(tag -> ends.add(tag.position() + tag.wire().remaining() + 4))
        .parse(ByteBuffer.wrap(stream));

    for (int size : new int[] {1, 3, 112, 1_000, 8_192}) {
      assertPrompt(stream, size, ends, FlvParser::create);
      assertPrompt(stream, size, ends, to -> FlvParser.recovering(FlvLimits.live(), to));
    }
  }

  private static void assertPrompt(
      byte[] stream, int size, List<Long> ends, Function<FlvHandler, FlvParser> parsers) {
    int[] tags = {0};
    FlvParser parser = parsers.apply(tag -> tags[0]++);
    int whole = 0;
    for (int at = 0; at < stream.length; at += size) {
      int end = Math.min(at + size, stream.length);
      parser.parse(ByteBuffer.wrap(stream, at, end - at));

      while (whole < ends.size() && ends.get(whole) <= end) {
        whole++;
      }
      if (tags[0] < whole) {
        assertThat(tags[0]).as("tags handed out of the first %d bytes", end).isEqualTo(whole);
      }
    }
  }

  private static void assertSplits(byte[] stream, Function<FlvHandler, FlvParser> parsers) {
    long whole = said(stream, 0, parsers);

    for (int at = 1; at < stream.length; at++) {
      if (said(stream, at, parsers) != whole) {
        assertThat(at).as("a split that changes the outcome").isNegative();
      }
    }
  }

  private static long said(byte[] stream, int split, Function<FlvHandler, FlvParser> parsers) {
    Sum sum = new Sum();
    FlvParser parser = parsers.apply(sum);
    parser.parse(ByteBuffer.wrap(stream, 0, split));
    parser.parse(ByteBuffer.wrap(stream, split, stream.length - split));
    parser.end();
    return sum.value;
  }

  /** A number that any change of a header, tag, restart or problem changes. */
  private static final class Sum implements FlvHandler {
    private final CRC32 crc = new CRC32();
    private long value;

    @Override
    public void onHeader(FlvHeader header) {
      value = value * 31 + header.hashCode();
    }

    @Override
    public void onTag(FlvTag tag) {
      crc.reset();
      crc.update(tag.wire());
      value = value * 31 + crc.getValue() + tag.position();
    }

    @Override
    public void onRestart(FlvHeader header, long position) {
      value = value * 31 + position;
    }

    @Override
    public void onProblem(FlvProblem problem) {
      value = value * 31 + problem.message().hashCode() + problem.position();
    }
  }
}
