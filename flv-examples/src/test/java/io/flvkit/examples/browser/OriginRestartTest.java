package io.flvkit.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.Edge;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.LiveConfig;
import io.flvkit.examples.Media;
import io.flvkit.examples.origin.OriginOptions;
import io.flvkit.examples.origin.TestOrigin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Chromium with mpegts.js on an edge whose only origin is killed and comes back. */
class OriginRestartTest {
  private static final int SHOWN_MILLIS = 3_000;

  /** What the edge takes to notice, to ask again and to go on, on a busy machine. */
  private static final long SHORT_MILLIS = 3_000;

  private static TestOrigin origin(int port) {
    return TestOrigin.start(
        OriginOptions.builder()
            .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .live("demo", Media.loop())
            .build());
  }

  private static Edge edge(TestOrigin origin) {
    return Edge.start(
        EdgeConfig.builder()
            .listen("127.0.0.1", 0)
            .live(LiveConfig.of("/live/", origin.uri("/live/").toString()))
            .build());
  }

  @Test
  void a_page_plays_on_with_at_most_one_short_stall() throws Exception {
    TestOrigin first = origin(0);
    int port = first.address().getPort();
    try (Browser browser = Browser.chromium();
        Edge edge = edge(first)) {
      int edgePort = edge.listeners().get(0).address().getPort();
      URI stream = URI.create("http://127.0.0.1:" + edgePort + "/live/demo.flv");
      Watched before = browser.watch(Player.MPEGTS, stream, true, SHOWN_MILLIS, 0);
      before.playedSmoothly(SHOWN_MILLIS);

      first.close();
      try (TestOrigin second = origin(port)) {
        Watched after = browser.watchOn(2 * SHOWN_MILLIS);

        assertThat(after.facts()).containsEntry("errors", "");
        assertThat(after.number("shownMillis")).isGreaterThanOrEqualTo(2 * SHOWN_MILLIS);
        assertThat(after.requests()).as("the same response").isEqualTo(before.requests());
        assertThat(second.viewers("demo")).isEqualTo(1);
        if (after.number("droppedFrames") <= Watched.DROPPED_BY_A_BUSY_MACHINE) {
          assertThat(after.number("stalls") - before.number("stalls")).isLessThanOrEqualTo(1);
          assertThat(after.number("stalledMillis")).isLessThan(SHORT_MILLIS);
        }
      }
    }
  }
}
