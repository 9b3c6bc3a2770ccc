package io.flvkit.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.KeyframeIndex;
import io.flvkit.codec.OnMetaData;
import io.flvkit.codec.ScriptData;
import io.flvkit.edge.EdgeException;
import io.flvkit.examples.Viewing;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoTest {
  private static Demo demo;

  @BeforeAll
  static void start() {
    demo = Demo.start(0);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  void plays_a_stamped_live_stream_through_the_edge() throws Exception {
    try (Viewing viewing = Viewing.of(demo.live())) {
      assertThat(viewing.field("X-Cache-Status")).isNotNull();

      assertThat(viewing.nextThat(FlvTag::isCodedMedia).isKeyFrame()).isTrue();

      FlvTag stamp = viewing.nextThat(FlvTag::isScript);
      assertThat(ScriptData.parse(stamp, FlvLimits.defaults()).name()).isEqualTo("onStamp");
    }
  }

  @Test
  void serves_a_long_file_with_an_index_of_its_keyframes() throws Exception {
    try (Viewing viewing = Viewing.of(demo.vod())) {
      OnMetaData metadata = OnMetaData.of(viewing.next(), FlvLimits.defaults()).orElseThrow();

      assertThat(metadata.durationSeconds().orElseThrow()).isBetween(119.0, 121.0);
      assertThat(KeyframeIndex.of(metadata).orElseThrow().entries()).hasSizeGreaterThan(50);
    }
  }

  @Test
  void shows_the_player_page() throws Exception {
    HttpResponse<String> page =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(demo.page()).build(), BodyHandlers.ofString());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<html");
  }

  @Test
  void says_that_its_port_is_taken() {
    assertThatThrownBy(() -> Demo.start(demo.page().getPort()))
        .isInstanceOf(EdgeException.class)
        .hasMessageContaining(String.valueOf(demo.page().getPort()));
  }
}
