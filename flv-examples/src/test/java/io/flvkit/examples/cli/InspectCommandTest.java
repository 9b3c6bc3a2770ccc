package io.flvkit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.examples.Media;
import io.flvkit.examples.origin.OriginOptions;
import io.flvkit.examples.origin.TestOrigin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

@Timeout(60)
class InspectCommandTest {
  private static final String LOOP = Media.loop().toString();

  @Test
  void prints_what_a_file_consists_of_as_JSON() {
    Run run = Run.of("inspect", "--json", Media.file("multitrack_2v2a.flv").toString());

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("{\"header\":{\"version\":1,\"audio\":true,\"video\":true},\"metadata\":{")
        .contains(
            "\"tags\":{\"audio\":490,\"video\":254,\"script\":1,\"other\":0},\"keyframes\":6,"
                + "\"codecs\":[{\"track\":\"video\",\"id\":0,\"codec\":\"avc1\"}")
        .contains("{\"track\":\"video\",\"id\":1,\"codec\":\"hvc1\"}")
        .contains("{\"track\":\"audio\",\"id\":1,\"codec\":\"Opus\"}")
        .contains("\"bytes\":288394,")
        .endsWith("\"problems\":[]}" + System.lineSeparator());
  }

  @Test
  void writes_null_for_what_it_does_not_know() {
    Run run = Run.of("inspect", "--json", Media.file("audio_only_aac.flv").toString());

    assertThat(run.out()).contains("\"videoFps\":null,\"gopMillis\":null,\"problems\":[]");
  }

  @Test
  void prints_a_table_for_people() {
    Run run = Run.of("inspect", LOOP);

    assertThat(run.status()).isZero();
    assertThat(run.out().lines())
        .startsWith(LOOP, "header     version 1, audio yes, video yes")
        .contains("tags       451 audio, 241 video, 1 script, 0 other", "keyframes  10")
        .contains("problems   none");
  }

  @Test
  void lists_every_tag_when_asked() {
    Run text = Run.of("inspect", "--tags", LOOP);
    Run json = Run.of("inspect", "--tags", "--json", LOOP);

    assertThat(text.out().lines().filter(line -> line.contains(" keyframe"))).hasSize(10);
    assertThat(json.out().split("\"timestampMillis\":", -1)).hasSize(1 + 451 + 241 + 1);
    Object document = new Yaml().load(json.out());
    assertThat(document)
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsKeys("tagList", "header", "problems");
  }

  @Test
  void stops_after_some_seconds_at_the_end_of_a_tag() {
    Run run = Run.of("inspect", "--json", "--seconds", "2", LOOP);

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .containsPattern("\"durationMillis\":20[0-4]\\d,")
        .contains("\"problems\":[]");
  }

  @Test
  void exits_1_when_there_is_an_error_and_says_where(@TempDir Path folder) throws Exception {
    byte[] clip = Files.readAllBytes(Media.loop());
    Path torn = Files.write(folder.resolve("torn.flv"), Arrays.copyOf(clip, clip.length / 2));

    Run json = Run.of("inspect", "--json", torn.toString());
    Run text = Run.of("inspect", torn.toString());

    assertThat(json.status()).isEqualTo(1);
    assertThat(json.out())
        .containsPattern("\\{\"severity\":\"error\",\"kind\":\"truncated\",\"offset\":\\d+,");
    assertThat(text.status()).isEqualTo(1);
    assertThat(text.out()).containsPattern("error +at \\d+: ");
  }

  @Test
  void reads_a_live_stream_for_some_seconds() {
    OriginOptions options = OriginOptions.builder().live("demo", Media.loop()).build();
    try (TestOrigin origin = TestOrigin.start(options)) {
      Run run =
          Run.of("inspect", "--json", "--seconds", "1", origin.uri("/live/demo.flv").toString());

      assertThat(run.status()).isZero();
      assertThat(run.out()).contains("\"codec\":\"avc1\"", "\"codec\":\"mp4a\"");
    }
  }

  @Test
  void says_in_one_line_why_it_cannot_read() {
    OriginOptions options = OriginOptions.builder().build();
    try (TestOrigin origin = TestOrigin.start(options)) {
      String url = origin.uri("/live/none.flv").toString();

      assertOneLine(Run.of("inspect", url), 1, url + ": status 404, wanted 200");
    }
    assertOneLine(Run.of("inspect", "none.flv"), 1, "none.flv: no such file");
    assertOneLine(Run.of("inspect", "--seconds", "0", LOOP), 2, "more than 0");
  }

  @Test
  void finds_fault_with_what_is_no_FLV() {
    Run run = Run.of("inspect", Media.file("not-flv.html").toString());

    assertThat(run.status()).isEqualTo(1);
  }

  private static void assertOneLine(Run run, int status, String part) {
    assertThat(run.status()).isEqualTo(status);
    assertThat(run.out()).isEmpty();
    assertThat(run.errors()).singleElement().asString().contains(part);
  }
}
