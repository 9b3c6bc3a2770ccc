package io.flvkit.examples;

import io.flvkit.edge.Edge;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.LiveConfig;

/** Runs an edge in this process: {@code LiveEdge http://127.0.0.1:9000/live/}. */
public final class LiveEdge {
  private LiveEdge() {}

  /** Serves the origin's streams at a free port until the process ends. */
  public static void main(String[] arguments) throws InterruptedException {
    try (Edge edge = start(arguments[0])) {
      edge.listeners().forEach(listener -> System.out.println("listen " + listener));
      Thread.currentThread().join();
    }
  }

  static Edge start(String originUrl) {
    return Edge.start(
        EdgeConfig.builder()
            .listen("127.0.0.1", 0)
            .admin(null)
            .live(LiveConfig.of("/live/", originUrl))
            .build());
  }
}
