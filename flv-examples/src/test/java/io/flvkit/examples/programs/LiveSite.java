package io.flvkit.examples.programs;

import io.flvkit.edge.Edge;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.LiveConfig;
import io.flvkit.examples.Media;
import io.flvkit.examples.origin.OriginOptions;
import io.flvkit.examples.origin.TestOrigin;
import java.net.URI;

/** The test origin with a looping clip, {@code /live/demo.flv}, and an edge before it. */
record LiveSite(TestOrigin origin, Edge edge) implements AutoCloseable {
  static LiveSite start() {
    TestOrigin origin =
        TestOrigin.start(OriginOptions.builder().live("demo", Media.loop()).build());
    return new LiveSite(origin, edgeBefore(origin.uri("/live/").toString()));
  }

  /** An edge on a free port that pulls {@code /live/} from that origin. */
  static Edge edgeBefore(String originUrl) {
    return Edge.start(
        EdgeConfig.builder()
            .listen("127.0.0.1", 0)
            .admin(null)
            .live(LiveConfig.of("/live/", originUrl))
            .build());
  }

  static URI uri(Edge edge, String path) {
    return URI.create("http://127.0.0.1:" + port(edge) + path);
  }

  static int port(Edge edge) {
    return edge.listeners().get(0).address().getPort();
  }

  URI uri(String path) {
    return uri(edge, path);
  }

  @Override
  public void close() {
    edge.close();
    origin.close();
  }
}
