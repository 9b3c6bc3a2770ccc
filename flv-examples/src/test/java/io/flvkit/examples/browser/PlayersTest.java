package io.flvkit.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The players that people use, in Chromium, against the edge. The page is on another origin. */
class PlayersTest {
  private static final int SHOWN_MILLIS = 2500;
  private static final int FRAMES_LEAST = 45;

  @AutoClose private static Browser browser;
  @AutoClose private static Site site;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    browser = Browser.chromium();
    site = Site.start(folder);
  }

  @ParameterizedTest
  @EnumSource
  void a_live_stream_plays(Player player) {
    Watched watched = browser.watch(player, site.at("/live/demo.flv"), true, SHOWN_MILLIS, 0);

    watched.playedSmoothly(SHOWN_MILLIS).decodedFrames(FRAMES_LEAST).hasSound(true);
  }

  @ParameterizedTest
  @EnumSource
  void only_audio_plays_without_a_picture(Player player) {
    Watched watched =
        browser.watch(player, site.at("/live/demo.flv?only_audio=1"), true, SHOWN_MILLIS, 0);

    watched.playedSmoothly(SHOWN_MILLIS).hasSound(true);
    assertThat(watched.number("decodedFrames")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void only_video_plays_without_sound(Player player) {
    Watched watched =
        browser.watch(player, site.at("/live/demo.flv?only_video=1"), true, SHOWN_MILLIS, 0);

    watched.playedSmoothly(SHOWN_MILLIS).decodedFrames(FRAMES_LEAST).hasSound(false);
  }

  @ParameterizedTest
  @EnumSource
  void a_file_plays_and_seeks_by_a_range(Player player) {
    int far = Site.VOD_SECONDS - 30;

    Watched watched = browser.watch(player, site.at("/vod/long.flv"), false, 1000, far);

    watched.playedSmoothly(1000).hasSound(true);
    assertThat(watched.number("seekMillis")).isBetween(far * 1000L - 3000, far * 1000L + 3000);
    assertThat(watched.requests()).contains("206 bytes=");
  }

  @ParameterizedTest
  @EnumSource
  void an_answer_from_the_middle_of_a_file_plays_from_its_first_frame(Player player) {
    int near = Site.VOD_SECONDS - 10;
    String byTime = "/vod/long.flv?starttime=" + near;

    Watched watched = browser.watch(player, site.at(byTime), false, 1000, 0);

    watched.playedSmoothly(1000).decodedFrames(20).hasSound(true);
  }
}
