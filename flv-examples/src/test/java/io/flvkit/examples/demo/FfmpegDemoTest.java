package io.flvkit.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.examples.Ffmpeg;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A modern ffmpeg in front of the edge. */
@Timeout(120)
class FfmpegDemoTest {
  private static Demo demo;

  @BeforeAll
  static void start() throws Exception {
    Ffmpeg.require();
    demo = Demo.start(0);
  }

  @AfterAll
  static void stop() {
    if (demo != null) {
      demo.close();
    }
  }

  @Test
  void reads_ten_seconds_of_live_without_an_error_line() throws Exception {
    try (Ffmpeg ffmpeg =
        Ffmpeg.start(
            "-v",
            "error",
            "-xerror",
            "-t",
            "10",
            "-i",
            demo.live().toString(),
            "-f",
            "null",
            "-")) {
      assertThat(ffmpeg.exitStatus()).as(ffmpeg.messages()).isZero();
      assertThat(ffmpeg.messages()).isEmpty();
    }
  }

  @Test
  void seeks_in_the_file() throws Exception {
    try (Ffmpeg ffmpeg =
        Ffmpeg.start(
            "-v",
            "error",
            "-xerror",
            "-ss",
            "90",
            "-t",
            "2",
            "-i",
            demo.vod().toString(),
            "-f",
            "null",
            "-")) {
      assertThat(ffmpeg.exitStatus()).as(ffmpeg.messages()).isZero();
      assertThat(ffmpeg.messages()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?starttime=90", "?start=5000000"})
  void reads_an_answer_from_the_middle_to_its_end(String query) throws Exception {
    try (Ffmpeg ffmpeg =
        Ffmpeg.start(
            "-v", "error", "-xerror", "-i", demo.vod() + query, "-t", "20", "-f", "null", "-")) {
      assertThat(ffmpeg.exitStatus()).as(ffmpeg.messages()).isZero();
      assertThat(ffmpeg.messages()).isEmpty();
    }
  }
}
