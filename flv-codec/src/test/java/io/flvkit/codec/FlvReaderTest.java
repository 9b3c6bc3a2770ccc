package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlvReaderTest {
  static Stream<String> intact() {
    return Media.intact();
  }

  @ParameterizedTest
  @MethodSource("intact")
  void a_reader_gives_the_tags_of_the_parser(String name) throws IOException {
    Feed.Seen pushed = Feed.whole(Media.bytes(name));

    Feed.Seen pulled = new Feed.Seen();
    try (FlvReader reader =
        FlvReader.of(FileChannel.open(Media.path(name)), FlvLimits.defaults())) {
      reader.header().ifPresent(pulled::onHeader);
      reader.forEachRemaining(pulled::onTag);
    }

    assertThat(pulled.lines()).isEqualTo(pushed.lines());
  }

  @Test
  void a_stream_of_tags_can_be_kept() {
    byte[] bytes = Media.bytes("good/loop_low");

    FlvReader reader = FlvReader.of(new ByteArrayInputStream(bytes), FlvLimits.defaults());

    assertThat(reader.stream().filter(FlvTag::isKeyFrame).toList())
        .extracting(FlvTag::timestampMillis)
        .startsWith(21L, 1021L, 2021L)
        .hasSize(10);
  }

  @Test
  void a_recovering_reader_tells_what_it_skipped() throws IOException {
    Feed.Seen seen = new Feed.Seen();

    try (FileChannel file = FileChannel.open(Media.path("damaged/garbage_html"))) {
      FlvReader.recovering(file, FlvLimits.defaults()).transferTo(seen);
    }

    assertThat(seen.tags).hasSize(154);
    assertThat(seen.problems).extracting(FlvProblem::kind).containsExactly(FlvProblem.Kind.GARBAGE);
  }

  @Test
  void asking_beyond_the_end_is_refused() {
    FlvReader reader =
        FlvReader.of(
            new ByteArrayInputStream(Media.bytes("synth/header_only")), FlvLimits.defaults());

    assertThat(reader.hasNext()).isFalse();
    assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void broken_input_says_where() {
    byte[] bytes = Media.bytes("damaged/trunc_body");
    FlvReader reader = FlvReader.of(new ByteArrayInputStream(bytes), FlvLimits.defaults());

    assertThatThrownBy(() -> reader.forEachRemaining(tag -> {}))
        .isInstanceOf(FlvFormatException.class)
        .hasMessageContaining("inside a tag");
  }
}
