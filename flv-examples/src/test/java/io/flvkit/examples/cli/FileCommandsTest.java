package io.flvkit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.KeyframeIndex;
import io.flvkit.codec.OnMetaData;
import io.flvkit.examples.Media;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that make one file out of another. */
class FileCommandsTest {
  private static final String CLIP = Media.loop().toString();

  @TempDir private Path folder;
  private Path out;

  @BeforeEach
  void nameOutput() {
    out = folder.resolve("out.flv");
  }

  @Nested
  class Filter {
    @Test
    void keeps_one_kind_of_media_and_says_so_in_the_header() throws IOException {
      Run run = Run.of("filter", CLIP, out.toString(), "--only-audio");

      List<FlvTag> kept = Media.tags(out);
      assertThat(run).isEqualTo(new Run(0, "", ""));
      assertThat(Files.readAllBytes(out)[4]).isEqualTo((byte) 4);
      assertThat(kept).noneMatch(FlvTag::isVideo);
      assertThat(kept.stream().filter(FlvTag::isAudio).map(FlvTag::wire))
          .isEqualTo(
              Media.tags(Media.loop()).stream().filter(FlvTag::isAudio).map(FlvTag::wire).toList());
    }

    @Test
    void wants_to_know_which_kind() {
      assertOneLine(Run.of("filter", CLIP, out.toString()), 2, "--only-audio");
      assertOneLine(
          Run.of("filter", CLIP, out.toString(), "--only-audio", "--only-video"), 2, "exclusive");
    }
  }

  @Nested
  class Index {
    @Test
    void adds_duration_and_the_places_of_the_keyframes() throws IOException {
      Run run = Run.of("index", CLIP, out.toString());

      OnMetaData metadata =
          OnMetaData.of(Media.tags(out).get(0), FlvLimits.defaults()).orElseThrow();
      byte[] bytes = Files.readAllBytes(out);
      assertThat(run.status()).isZero();
      assertThat(run.out()).endsWith(" 10 keyframes, " + bytes.length + " bytes" + newline());
      assertThat(metadata.durationSeconds().orElseThrow()).isBetween(9.5, 9.7);
      assertThat(KeyframeIndex.of(metadata).orElseThrow().entries())
          .hasSize(1 + 10)
          .allMatch(entry -> bytes[(int) entry.position()] == 9);
    }

    @Test
    void lists_what_it_has_mended() throws IOException {
      Path broken = withGarbage();

      assertOneLine(Run.of("index", broken.toString(), out.toString()), 1, "broken.flv: ");
      assertThat(out).doesNotExist();

      Run text = Run.of("index", "--repair", broken.toString(), out.toString());
      Run json = Run.of("index", "--repair", "--json", broken.toString(), out.toString());

      assertThat(text.status()).isZero();
      assertThat(text.out().lines())
          .hasSize(2)
          .anyMatch(line -> line.startsWith("mended at ") && line.endsWith("(garbage)"));
      assertThat(json.out()).contains("\"keyframes\":10,\"repairs\":[{\"kind\":\"garbage\",");
      assertThat(Run.of("inspect", out.toString()).status()).isZero();
    }

    private Path withGarbage() throws IOException {
      List<FlvTag> tags = Media.tags(Media.loop());
      int middle = (int) tags.get(tags.size() / 2).position();
      byte[] clip = Files.readAllBytes(Media.loop());
      try (var file = Files.newOutputStream(folder.resolve("broken.flv"))) {
        file.write(clip, 0, middle);
        file.write(
            "<html>502 Bad Gateway</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        file.write(clip, middle, clip.length - middle);
      }
      return folder.resolve("broken.flv");
    }
  }

  @Test
  void a_failure_names_the_file_and_leaves_nothing_behind() throws IOException {
    Path page = Media.file("not-flv.html");
    String nowhere = folder.resolve("none/out.flv").toString();

    assertOneLine(Run.of("index", "none.flv", out.toString()), 1, "none.flv: no such file");
    assertOneLine(Run.of("index", CLIP, nowhere), 1, "none");
    assertOneLine(Run.of("index", CLIP, CLIP), 2, "is the input, too");
    assertOneLine(
        Run.of("filter", page.toString(), out.toString(), "--only-video"), 1, "not-flv.html: ");
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private static String newline() {
    return System.lineSeparator();
  }

  private static void assertOneLine(Run run, int status, String part) {
    assertThat(run.status()).isEqualTo(status);
    assertThat(run.out()).isEmpty();
    assertThat(run.errors()).singleElement().asString().contains(part);
  }
}
