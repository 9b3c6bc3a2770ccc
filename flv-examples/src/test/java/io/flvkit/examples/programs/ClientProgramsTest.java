package io.flvkit.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.examples.programs.OtherProgram.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs that people watch with: what they make of a live stream from the edge. */
@Timeout(90)
class ClientProgramsTest {
  private static LiveSite site;

  @BeforeAll
  static void start() {
    site = LiveSite.start();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static String live() {
    return site.uri("/live/demo.flv").toString();
  }

  @Test
  void curl_sees_status_and_headers() throws Exception {
    String curl = OtherProgram.require("curl");

    Result head = OtherProgram.run(curl, "-sI", live());
    Result missing =
        OtherProgram.run(curl, "-s", "-o", "/dev/null", "-w", "%{http_code}", live() + "x");
    Result post =
        OtherProgram.run(curl, "-s", "-d", "x=1", "-o", "/dev/null", "-w", "%{http_code}", live());

    assertThat(head.said())
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-type: video/x-flv")
        .containsIgnoringCase("cache-control: no-store");
    assertThat(missing.said()).isEqualTo("404");
    assertThat(post.said()).isEqualTo("405");
  }

  @Test
  void debians_ffmpeg_decodes_five_seconds_without_a_complaint() throws Exception {
    String ffmpeg = OtherProgram.require("ffmpeg");

    Result result =
        OtherProgram.run(
            ffmpeg,
            "-nostdin",
            "-v",
            "error",
            "-xerror",
            "-t",
            "5",
            "-i",
            live(),
            "-f",
            "null",
            "-");

    assertThat(result.said()).isEmpty();
    assertThat(result.status()).isZero();
  }

  @Test
  void gstreamers_flvdemux_finds_both_tracks() throws Exception {
    String gst = OtherProgram.require("gst-launch-1.0");
    String curl = OtherProgram.require("curl");

    Result result =
        OtherProgram.run(
            "sh",
            "-c",
            curl
                + " -s -m 4 '"
                + live()
                + "' | "
                + gst
                + " -v fdsrc ! flvdemux name=d"
                + " d.video ! queue ! fakesink sync=false d.audio ! queue ! fakesink sync=false");

    assertThat(result.said()).contains("video/x-h264").contains("audio/mpeg");
    assertThat(result.said()).doesNotContain("ERROR");
  }
}
