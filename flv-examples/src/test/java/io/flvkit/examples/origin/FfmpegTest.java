package io.flvkit.examples.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvTag;
import io.flvkit.examples.Ffmpeg;
import io.flvkit.examples.Media;
import io.flvkit.examples.RawHttp;
import io.flvkit.examples.Viewing;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FfmpegTest {
  private TestOrigin origin;

  @BeforeAll
  static void requireFfmpeg() throws Exception {
    Ffmpeg.require();
  }

  @BeforeEach
  void start() {
    origin = TestOrigin.start(OriginOptions.builder().live("demo", Media.loop()).build());
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  @Test
  void publishes_by_POST_until_its_input_ends() throws Exception {
    String target = origin.uri("/live/cam.flv").toString();
    try (Ffmpeg ffmpeg = publish(target);
        Viewing viewing = viewOnceLive()) {
      assertThat(viewing.nextThat(FlvTag::isCodedMedia).isKeyFrame()).isTrue();

      List<FlvTag> rest = viewing.rest();

      assertThat(rest.stream().filter(FlvTag::isKeyFrame)).hasSizeGreaterThan(1);
      assertThat(ffmpeg.exitStatus()).as(ffmpeg.messages()).isZero();
    }
    assertThat(RawHttp.get(origin.address(), "/live/cam.flv")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void is_told_that_another_one_publishes_already() throws Exception {
    try (Ffmpeg ffmpeg = publish(origin.uri("/live/demo.flv").toString())) {
      assertThat(ffmpeg.exitStatus()).isNotZero();
    }
  }

  @Test
  void reads_the_loop_across_its_seam_without_complaint() throws Exception {
    try (Ffmpeg ffmpeg =
        Ffmpeg.start(
            "-v",
            "warning",
            "-xerror",
            "-t",
            "11",
            "-i",
            origin.uri("/live/demo.flv").toString(),
            "-f",
            "null",
            "-")) {
      assertThat(ffmpeg.exitStatus()).as(ffmpeg.messages()).isZero();
      assertThat(ffmpeg.messages()).isEmpty();
    }
  }

  private static Ffmpeg publish(String target) throws Exception {
    return Ffmpeg.start(
        "-v",
        "error",
        "-re",
        "-t",
        "4",
        "-i",
        Media.loop().toString(),
        "-c",
        "copy",
        "-f",
        "flv",
        target);
  }

  private Viewing viewOnceLive() throws Exception {
    Viewing viewing = Viewing.of(origin.uri("/live/cam.flv"));
    while (viewing.status() == 404) {
      viewing.close();
      viewing = Viewing.of(origin.uri("/live/cam.flv"));
    }
    return viewing;
  }
}
