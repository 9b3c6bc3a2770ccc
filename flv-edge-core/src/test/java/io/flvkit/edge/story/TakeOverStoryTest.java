package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.EdgeException;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A new edge takes the port of one that drains. */
class TakeOverStoryTest {
  private static final int A_SECOND = 68;

  private static EdgeStage edge(RelayOrigin origin, int port, String name) {
    return EdgeStage.with(
        EdgeConfig.builder()
            .listen("127.0.0.1", port)
            .admin(null)
            .cacheStatusHeader(name)
            .drainDelay(Duration.ofSeconds(1))
            .drainTimeout(Duration.ofSeconds(10))
            .live(EdgeStage.live(origin.url()).build())
            .build());
  }

  @Test
  void the_successor_serves_new_viewers_while_the_old_ones_go_on() throws IOException {
    assumeTrue(Epoll.isAvailable(), "skipped: no SO_REUSEPORT without epoll");
    Encoder encoder = new Encoder();
    try (RelayOrigin origin = new RelayOrigin(encoder);
        EdgeStage old = edge(origin, 0, "X-Old");
        Crowd before = new Crowd(5, old.http(), encoder)) {
      Crowd.awaitMore(before.seats(), A_SECOND / 2);

      CompletionStage<Void> drained = old.edge.drain();
      try (EdgeStage successor = edge(origin, old.http().getPort(), "X-New")) {
        EdgeStage.until("only the new one answers", () -> answersAlways(successor, "X-New"));
        try (Crowd after = new Crowd(20, successor.http(), encoder)) {
          Crowd.awaitMore(after.seats(), A_SECOND / 2);

          assertThat(after.faults()).isEmpty();
          assertThat(origin.pulls()).isEqualTo(2);
          assertThat(drained.toCompletableFuture()).isNotDone();
        }
      }
    }
  }

  /** What an edge exposes to pages has the name of its cache status in it. */
  private static boolean answersAlways(EdgeStage edge, String name) {
    try {
      for (int i = 0; i < 20; i++) {
        String exposed =
            RawClient.get(edge.http(), "/missing").field("access-control-expose-headers");
        if (exposed == null || !exposed.contains(name)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false; // one that the old one had not accepted when it stopped
    }
  }

  @Test
  void a_second_edge_beside_one_that_runs_is_refused() throws IOException {
    try (RelayOrigin origin = new RelayOrigin(new Encoder());
        EdgeStage running = edge(origin, 0, "X-Old")) {
      int port = running.http().getPort();

      assertThatThrownBy(() -> edge(origin, port, "X-New"))
          .isInstanceOf(EdgeException.class)
          .hasMessageContaining("cannot listen");
    }
  }
}
