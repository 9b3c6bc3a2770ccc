package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.AdminConfig;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.EdgeException;
import io.flvkit.edge.LimitsConfig;
import io.flvkit.edge.story.RawClient.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminStoryTest {
  private static final LoopbackOrigin.Script CLIP =
      answer -> {
        answer.flvHead();
        answer.chunk(Clip.bytes());
        answer.linger();
      };

  @Test
  void streams_metrics_and_health_tell_of_a_viewer() throws IOException {
    try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP);
        EdgeStage stage = EdgeStage.pulling(origin.url());
        RawClient viewer = RawClient.connect(stage.http())) {
      viewer.send(RawClient.request("GET", "/live/a.flv?only_video=1"));
      viewer.head();
      viewer.chunked(100);

      String streams = RawClient.get(stage.admin(), "/api/streams").text();
      String metrics = RawClient.get(stage.admin(), "/metrics").text();

      assertThat(streams)
          .contains("\"path\":\"/live/a.flv\"", "\"state\":\"live\"", "\"viewers\":1")
          .contains("\"renditions\":{\"full\":0,\"audio\":0,\"video\":1}")
          .contains("\"protocols\":{\"h1\":1,\"h2\":0,\"h3\":0,\"ws\":0}")
          .contains("\"codecs\":[\"avc1\",\"mp4a\"]");
      assertThat(metrics)
          .contains("flv_viewers{protocol=\"h1\",rendition=\"video\",stream=\"/live/a.flv\"} 1.0")
          .contains("flv_ingress_bytes_total{service=\"live\",stream=\"/live/a.flv\"}")
          .contains("flv_origin_connect_seconds_count 1")
          .contains("flv_origin_up{origin=\"" + origin.url() + "\"} 1.0");
      assertThat(RawClient.get(stage.admin(), "/healthz").status()).isEqualTo(200);
      assertThat(RawClient.get(stage.admin(), "/readyz").status()).isEqualTo(200);
    }
  }

  @Test
  void one_stream_is_found_by_every_spelling_of_its_path() throws IOException {
    try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP);
        EdgeStage stage = EdgeStage.pulling(origin.url());
        RawClient viewer = RawClient.connect(stage.http())) {
      viewer.send(RawClient.request("GET", "/live/a.flv"));
      viewer.head();

      assertThat(RawClient.get(stage.admin(), "/api/streams/live/%61.flv").status()).isEqualTo(200);
      assertThat(RawClient.get(stage.admin(), "/api/streams/live/../a.flv").status())
          .isEqualTo(400);
    }
  }

  @Test
  void one_stream_can_be_looked_at_and_taken_down() throws IOException {
    try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP);
        EdgeStage stage = EdgeStage.pulling(origin.url());
        RawClient viewer = RawClient.connect(stage.http())) {
      viewer.send(RawClient.request("GET", "/live/a.flv"));
      Response head = viewer.head();

      assertThat(RawClient.get(stage.admin(), "/api/streams/live/a.flv").text())
          .startsWith("{\"path\":\"/live/a.flv\"");
      Response gone =
          RawClient.ask(stage.admin(), RawClient.request("DELETE", "/api/streams/live/a.flv"));

      assertThat(gone.status()).isEqualTo(200);
      assertThat(viewer.body(head, "GET")).isNotEmpty();
      Response unknown = RawClient.get(stage.admin(), "/api/streams/live/a.flv");
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.text()).contains("\"error\"");
    }
  }

  @Test
  void a_token_guards_all_but_health() throws IOException {
    EdgeConfig config =
        EdgeConfig.builder()
            .listen("127.0.0.1", 0)
            .admin(new AdminConfig("127.0.0.1", 0, "s3cret"))
            .build();
    try (EdgeStage stage = EdgeStage.with(config)) {
      assertThat(RawClient.get(stage.admin(), "/api/streams").status()).isEqualTo(401);
      assertThat(
              RawClient.get(stage.admin(), "/api/streams", "Authorization: Bearer s3cret").status())
          .isEqualTo(200);
      assertThat(RawClient.get(stage.admin(), "/healthz").status()).isEqualTo(200);
      assertThat(RawClient.get(stage.admin(), "/readyz").status()).isEqualTo(200);
    }
  }

  @Test
  void a_finished_response_is_one_line_of_the_access_log(@TempDir Path directory)
      throws IOException {
    Path log = directory.resolve("access.log");
    try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP);
        EdgeStage stage =
            EdgeStage.pulling(origin.url(), config -> config.accessLog(log.toString()))) {
      try (RawClient viewer = RawClient.connect(stage.http())) {
        viewer.send(
            RawClient.request("GET", "/live/a.flv?x=1", "User-Agent: probe", "X-Request-Id: r1"));
        viewer.head();
        viewer.chunked(100);
      }

      EdgeStage.until("the line is there", () -> sizeOf(log) > 0);
    }
    assertThat(Files.readString(log))
        .contains("\"event\":\"end\"", "\"id\":\"r1\"", "\"service\":\"live\"")
        .contains("\"stream\":\"/live/a.flv\"", "\"query\":\"x=1\"", "\"ip\":\"127.0.0.1\"")
        .contains("\"status\":200", "\"protocol\":\"h1\"", "\"cacheStatus\":\"MISS\"")
        .contains("\"reason\":\"client-gone\"", "\"userAgent\":\"probe\"")
        .endsWith("}\n");
  }

  private static long sizeOf(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void a_port_in_use_is_one_clear_line() {
    try (EdgeStage stage =
        EdgeStage.with(EdgeConfig.builder().listen("127.0.0.1", 0).admin(null).build())) {
      int port = stage.http().getPort();

      Assertions.assertThatThrownBy(
              () -> EdgeStage.with(EdgeConfig.builder().listen("127.0.0.1", port).build()))
          .isInstanceOf(EdgeException.class)
          .hasMessage("cannot listen on 127.0.0.1:" + port + ": the port is in use");
    }
  }

  @Test
  void draining_serves_on_then_refuses_and_resets_what_is_left() throws IOException {
    try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP);
        EdgeStage stage = EdgeStage.pulling(origin.url());
        RawClient viewer = RawClient.connect(stage.http());
        RawClient idle = RawClient.connect(stage.http())) {
      viewer.send(RawClient.request("GET", "/live/a.flv"));
      Response head = viewer.head();
      idle.send(RawClient.request("HEAD", "/live/a.flv"));
      idle.head();

      CompletionStage<Void> drained = stage.edge.drain();

      assertThat(RawClient.get(stage.admin(), "/readyz").status()).isEqualTo(503);
      EdgeStage.until("the port is free", () -> !accepts(stage));
      idle.send(RawClient.request("HEAD", "/live/a.flv"));
      assertThat(idle.head().status()).isEqualTo(503);
      Assertions.assertThatThrownBy(() -> viewer.body(head, "GET")).isInstanceOf(IOException.class);
      drained.toCompletableFuture().join();
    }
  }

  private static boolean accepts(EdgeStage stage) {
    try {
      RawClient.connect(stage.http()).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void a_reload_changes_what_is_served_next_and_leaves_viewers_alone() throws IOException {
    try (LoopbackOrigin origin = LoopbackOrigin.playing(CLIP);
        EdgeStage stage = EdgeStage.pulling(origin.url());
        RawClient viewer = RawClient.connect(stage.http())) {
      viewer.send(RawClient.request("GET", "/live/a.flv"));
      viewer.head();

      List<String> later =
          stage.edge.reload(
              EdgeStage.config(EdgeStage.live(origin.url()).build())
                  .limits(new LimitsConfig(0, 0, 1, 0, 0, 32 << 10, Duration.ofSeconds(10)))
                  .build());

      assertThat(later).isEmpty();
      Response full = RawClient.get(stage.http(), "/live/a.flv");
      assertThat(full.status()).isEqualTo(503);
      assertThat(full.field("retry-after")).isNotNull();
      assertThat(viewer.chunked(100)).isNotEmpty();
    }
  }
}
