package io.flvkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvTag;
import io.flvkit.edge.Edge;
import io.flvkit.examples.origin.OriginOptions;
import io.flvkit.examples.origin.TestOrigin;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

class LiveEdgeTest {
  @Test
  void an_edge_in_this_process_serves_the_origins_streams() throws IOException {
    try (TestOrigin origin =
            TestOrigin.start(OriginOptions.builder().live("demo", Media.loop()).build());
        Edge edge = LiveEdge.start(origin.uri("/live/").toString())) {
      int port = edge.listeners().get(0).address().getPort();
      try (Viewing viewing =
          Viewing.of(URI.create("http://127.0.0.1:" + port + "/live/demo.flv"))) {

        assertThat(viewing.nextThat(FlvTag::isCodedMedia).isKeyFrame()).isTrue();
      }
    }
  }
}
