package io.flvkit.examples.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HEVC, which Chromium does not decode, in Firefox with mpegts.js. */
class FirefoxTest {
  private static final int SHOWN_MILLIS = 2500;

  /** What mpegts.js says of a packet of colour metadata before it goes on. */
  private static final String HDR_METADATA =
      "player MediaError FormatError  Flv: Invalid video packet type 4";

  @AutoClose private static Browser browser;
  @AutoClose private static Site site;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    browser = Browser.firefox();
    site = Site.start(folder);
  }

  @Test
  void live_hevc_plays() {
    Watched watched =
        browser.watch(Player.MPEGTS, site.at("/live/hevc.flv"), true, SHOWN_MILLIS, 0);

    watched.playedSmoothly(SHOWN_MILLIS, HDR_METADATA).decodedFrames(45).hasSound(true);
  }

  @Test
  void an_hevc_file_plays() {
    Watched watched =
        browser.watch(Player.MPEGTS, site.at("/vod/hevc.flv"), false, SHOWN_MILLIS, 0);

    watched.playedSmoothly(SHOWN_MILLIS, HDR_METADATA).decodedFrames(45).hasSound(true);
  }

  @Test
  void live_h264_plays() {
    Watched watched =
        browser.watch(Player.MPEGTS, site.at("/live/demo.flv"), true, SHOWN_MILLIS, 0);

    watched.playedSmoothly(SHOWN_MILLIS).decodedFrames(45).hasSound(true);
  }
}
