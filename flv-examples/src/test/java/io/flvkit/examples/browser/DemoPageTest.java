package io.flvkit.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo page of the edge in Chromium, by what a person sees on it. */
class DemoPageTest {
  private static final String STATE = "#state";
  private static final String TITLE = "#message-title";

  @AutoClose private static Browser browser;
  @AutoClose private static Site site;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    browser = Browser.chromium();
    site = Site.start(folder);
  }

  @Test
  void it_plays_the_live_stream_at_once_and_shows_how_it_goes() {
    browser.open(site.page(""));

    browser.until(STATE, "^Playing$");
    browser.until("[data-fact=watched]", "0:0[3-9]");
    assertThat(Double.parseDouble(browser.until("[data-chart=latency] b", "\\d")))
        .isBetween(0.0, 5.0);
    assertThat(Double.parseDouble(browser.text("[data-chart=buffer] b"))).isBetween(0.0, 5.0);
    assertThat(Double.parseDouble(browser.text("[data-chart=fps] b"))).isBetween(10.0, 40.0);
    assertThat(Double.parseDouble(browser.text("[data-chart=bitrate] b"))).isBetween(50.0, 500.0);
    assertThat(Integer.parseInt(browser.text("[data-fact=decoded]"))).isGreaterThan(50);
    assertThat(browser.text("[data-fact=startup]")).matches("\\d+ ms");
    if (Integer.parseInt(browser.text("[data-fact=dropped]"))
        <= Watched.DROPPED_BY_A_BUSY_MACHINE) {
      assertThat(browser.text("[data-fact=stalls]")).isEqualTo("0");
    }
    assertThat(browser.text("[data-fact=video]")).contains("320 × 180");
    assertThat(browser.until("[data-fact=protocol]", "HTTP")).isEqualTo("HTTP/1.1");
    assertThat(browser.faults()).isEmpty();
  }

  @Test
  void its_filters_ask_for_one_kind_of_tracks() {
    browser.open(site.page(""));
    browser.until(STATE, "^Playing$");

    browser.click("label:has-text('Only audio')");

    browser.until("[data-fact=video]", "^none$");
    browser.until(STATE, "^Playing$");
    assertThat(browser.value("#address")).isEqualTo("/live/demo.flv?only_audio=1");

    browser.click("label:has-text('Only video')");

    browser.until("[data-fact=audio]", "^none$");
    browser.until(STATE, "^Playing$");
    assertThat(browser.value("#address")).isEqualTo("/live/demo.flv?only_video=1");
  }

  @Test
  void a_file_plays_pauses_and_seeks() {
    browser.open(site.page(""));

    browser.click("label:has-text('VOD')");
    browser.until(STATE, "^Playing$");
    browser.slide("#seek", Site.VOD_SECONDS - 30);

    browser.until("#time", "^24:[345]\\d / 25:0\\d$");
    browser.until(STATE, "^Playing$");
    assertThat(browser.requests()).contains("206 bytes=");

    browser.click("#toggle");

    browser.until(STATE, "^Paused$");
  }

  @Test
  void a_wrong_address_is_explained() {
    browser.open(site.page("?url=/live/nobody.flv"));

    assertThat(browser.until(TITLE, "\\w")).isEqualTo("No such stream (404)");
    assertThat(browser.text(STATE)).isEqualTo("Failed");

    browser.enter("#address", "http://other.example/live/demo.flv");

    browser.until(TITLE, "its own server only");

    browser.enter("#address", "/live/demo.flv");

    browser.until(STATE, "^Playing$");
  }

  @Test
  void it_reconnects_when_the_origin_is_back() {
    browser.open(site.page("?live=/live/second.flv"));
    browser.until(STATE, "^Playing$");

    site.takeDown("second");

    browser.until(STATE, "^Reconnecting$");
    browser.until("#message-hint", "Trying again");

    site.bringBack("second");

    browser.until(STATE, "^Playing$");
    assertThat(browser.text("#log")).contains("The connection broke");
  }

  @Test
  void the_end_of_a_stream_is_no_failure() throws Exception {
    try (Publisher publisher = site.publish("event")) {
      browser.open(site.page("?live=/live/event.flv"));
      browser.until(STATE, "^Playing$");

      publisher.end();

      browser.until(STATE, "^Ended$");
      assertThat(browser.text(TITLE)).isEqualTo("The stream has ended");
    }
  }

  @Test
  void what_the_browser_cannot_decode_is_named() {
    browser.open(site.page("?url=/live/hevc.flv"));

    browser.until(TITLE, "cannot decode");

    assertThat(browser.text("#message-hint")).contains("hvc1");
  }

  @Test
  void a_build_without_npm_says_what_to_do() throws Exception {
    try (Browser fresh = Browser.chromium()) {
      fresh.block("/mpegts.js");

      fresh.open(site.page(""));

      fresh.until(TITLE, "The player is missing");
      assertThat(fresh.text("#message-hint")).contains("npm");
    }
  }

  @ParameterizedTest
  @CsvSource({"1280,900,light", "1280,900,dark", "390,844,light", "390,844,dark"})
  void it_fits_its_window(int width, int height, String scheme) throws Exception {
    browser.look(width, height, scheme);

    browser.open(site.page(""));

    browser.until("[data-chart=latency] b", "\\d");
    assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo("true");
    Path pictures = Files.createDirectories(Path.of("target", "pictures"));
    browser.picture(pictures.resolve("page-%d-%s.png".formatted(width, scheme)));
  }

  @Test
  void every_control_has_a_name_and_is_reached_by_the_keyboard() {
    browser.open(site.page(""));
    browser.until(STATE, "^Playing$");

    String names = browser.evaluate(NAMES_OF_CONTROLS);

    assertThat(Pattern.compile("\"\"").matcher(names).find()).as(names).isFalse();
    assertThat(names).contains("Stream address", "Stop", "Sound on", "Full screen", "Only audio");
    assertThat(browser.evaluate("document.querySelectorAll('[tabindex=\"-1\"]').length"))
        .isEqualTo("0");
  }

  private static final String NAMES_OF_CONTROLS =
      "[...document.querySelectorAll('button, input, ol')].map((e) => e.getAttribute('aria-label')"
          + " || e.getAttribute('aria-labelledby') || (e.labels && e.labels[0]?.innerText)"
          + " || e.innerText || '')";
}
