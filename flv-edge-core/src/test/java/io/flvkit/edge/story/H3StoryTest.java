package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.ListenConfig;
import io.flvkit.edge.SelfSigned;
import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.TlsIdentity;
import io.flvkit.edge.VodConfig;
import io.flvkit.edge.story.H3Client.End;
import io.flvkit.edge.story.LoopbackOrigin.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over HTTP/3. */
class H3StoryTest {
  private static final int NO_ERROR = 0x100;
  private static final TlsIdentity USUAL = SelfSigned.of("edge.test");
  private static final TlsIdentity OTHER = SelfSigned.of("other.test");

  @TempDir private Path folder;
  private final byte[] file = new byte[3_000_000];
  private LoopbackOrigin origin;
  private EdgeStage stage;

  @BeforeEach
  void start() throws IOException {
    for (int i = 0; i < file.length; i++) {
      file[i] = (byte) (i * 31 + i / 256);
    }
    Files.write(folder.resolve("a.bin"), file);
    origin = LoopbackOrigin.playing(playing(answer -> answer.linger()));
    stage = EdgeStage.with(config(new TlsConfig(USUAL, List.of(OTHER))));
  }

  private EdgeConfig config(TlsConfig tls) {
    return EdgeStage.config(
            EdgeStage.live(origin.url())
                .viewerStallTimeout(Duration.ofMinutes(2))
                .firstByteTimeout(Duration.ofSeconds(20)) // no less for the next keyframe
                .build())
        .listen(new ListenConfig("127.0.0.1", 0, tls).withHttp3())
        .vod(VodConfig.directory("/vod/", folder))
        .accessLog(folder.resolve("access.log").toString())
        .build();
  }

  private static Script playing(Script then) {
    return answer -> {
      answer.flvHead();
      answer.chunk(Clip.bytes());
      then.play(answer);
    };
  }

  @AfterEach
  void stop() throws IOException {
    stage.close();
    origin.close();
  }

  private String text(String path) {
    try {
      return RawClient.get(stage.admin(), path).text();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_live_body_is_the_same_bytes_as_over_http_1() throws IOException {
    try (RawClient first = RawClient.connect(stage.http());
        RawClient http1 = RawClient.connect(stage.http());
        H3Client http3 = H3Client.connect(stage.https())) {
      first.send(RawClient.request("GET", "/live/a.flv"));
      first.head();
      first.chunksUntil(Clip.end()); // so that nothing moves any more
      http1.send(RawClient.request("GET", "/live/a.flv"));
      http1.head();
      H3Client.Stream viewer = http3.get("/live/a.flv");

      Map<String, String> head = viewer.head();
      byte[] expected = http1.chunked(8_000);
      byte[] body = viewer.body(8_000);

      assertThat(head)
          .containsEntry(":status", "200")
          .containsEntry("content-type", "video/x-flv")
          .containsEntry("x-cache-status", "HIT")
          .doesNotContainKeys("content-length", "transfer-encoding", "connection");
      int common = Math.min(body.length, expected.length);
      assertThat(Arrays.copyOf(body, common)).isEqualTo(Arrays.copyOf(expected, common));
      assertThat(text("/metrics"))
          .contains("flv_viewers{protocol=\"h3\",rendition=\"full\",stream=\"/live/a.flv\"} 1.0");
      assertThat(text("/api/streams")).contains("\"h3\":1");
    }
  }

  @Test
  void files_parts_and_errors_are_those_of_http_1() throws IOException {
    try (H3Client client = H3Client.connect(stage.https())) {
      H3Client.Stream whole = client.get("/vod/a.bin");
      assertThat(whole.head()).containsEntry("content-length", "3000000");
      assertThat(whole.end()).isEqualTo(End.CLEAN);
      assertThat(whole.whole()).isEqualTo(file);
      H3Client.Stream part = client.get("/vod/a.bin", "range", "bytes=70000-150000");
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.whole()).isEqualTo(Arrays.copyOfRange(file, 70_000, 150_001));
      H3Client.Stream head = client.request("HEAD", "/vod/a.bin", true);
      assertThat(head.head()).containsEntry("content-length", "3000000");
      assertThat(head.whole()).isEmpty();
      assertThat(head.end()).isEqualTo(End.CLEAN);
      assertThat(client.get("/vod/missing.bin").status()).isEqualTo(404);
      assertThat(client.get("/vod/%2e%2e/a.bin").status()).isEqualTo(400);
      assertThat(client.request("DELETE", "/vod/a.bin", true).head())
          .containsEntry(":status", "405")
          .containsKey("allow");
    }
  }

  @Test
  void answers_over_tcp_say_that_it_is_there() throws IOException {
    String here = "h3=\":%d\"; ma=86400".formatted(stage.https().getPort());
    try (RawClient http1 = TlsClient.connect(stage.https());
        RawH2Client http2 =
            RawH2Client.over(TlsClient.socket(stage.https(), "edge.test", "TLSv1.3", "h2"))) {
      http1.send(RawClient.request("GET", "/vod/missing"));
      http2.get(1, "/vod/missing");

      assertThat(http1.head().field("alt-svc")).isEqualTo(here);
      assertThat(http2.head(1)).containsEntry("alt-svc", here);
    }
    assertThat(RawClient.get(stage.http(), "/vod/missing").field("alt-svc")).isNull();
  }

  @Test
  void it_listens_at_the_number_of_the_tls_port() {
    assertThat(stage.edge.listeners().toString())
        .contains("https 127.0.0.1:" + stage.https().getPort())
        .contains("h3 127.0.0.1:" + stage.https().getPort());
  }

  @Test
  void a_stream_that_ended_ends_the_stream() throws IOException {
    origin.nowPlays(
        playing(
            answer -> {
              answer.lastChunk();
              origin.nowPlays(gone -> gone.head("HTTP/1.1 404 Gone", "Content-Length: 0", ""));
            }));
    try (H3Client client = H3Client.connect(stage.https())) {
      H3Client.Stream viewer = client.get("/live/a.flv");

      byte[] body = viewer.whole();

      assertThat(viewer.end()).isEqualTo(End.CLEAN);
      List<String> wanted = Clip.mediaFromKeyframe(0);
      assertThat(Clip.tags(body)).endsWith(wanted.get(wanted.size() - 1));
    }
  }

  @Test
  void a_stream_that_is_lost_resets_the_stream_and_not_the_connection() throws IOException {
    try (H3Client client = H3Client.connect(stage.https())) {
      H3Client.Stream viewer = client.get("/live/a.flv");
      viewer.body(1_000);

      origin.vanishes();

      assertThat(viewer.end()).isEqualTo(End.RESET);
      assertThat(client.get("/vod/a.bin").status()).isEqualTo(200);
    }
  }

  @Test
  void a_viewer_that_stops_its_stream_is_gone_at_once_though_nothing_is_sent() throws IOException {
    try (H3Client client = H3Client.connect(stage.https())) {
      H3Client.Stream leaving = client.get("/live/a.flv");
      H3Client.Stream staying = client.get("/live/a.flv");
      leaving.body(1_000);
      staying.body(1_000);

      leaving.cancel();

      EdgeStage.until("one viewer is left", () -> text("/api/streams").contains("\"h3\":1"));
      assertThat(client.get("/vod/a.bin").status()).isEqualTo(200);
    }
    EdgeStage.until("nobody is left", () -> text("/api/streams").contains("\"h3\":0"));
  }

  @Test
  void a_viewer_that_stops_its_stream_is_gone_with_the_next_bytes() throws IOException {
    CountDownLatch gone = new CountDownLatch(1);
    byte[] clip = Clip.bytes();
    origin.nowPlays(
        answer -> {
          answer.flvHead();
          answer.chunk(Arrays.copyOf(clip, clip.length / 2));
          assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
          answer.chunk(Arrays.copyOfRange(clip, clip.length / 2, clip.length));
          answer.linger();
        });
    try (H3Client client = H3Client.connect(stage.https())) {
      H3Client.Stream viewer = client.get("/live/a.flv");
      viewer.body(1_000);

      viewer.cancel();
      assertThat(client.get("/vod/missing").status()).isEqualTo(404); // it has heard of it
      gone.countDown();

      EdgeStage.until("nobody is left", () -> text("/api/streams").contains("\"h3\":0"));
    }
  }

  @Test
  void a_file_that_is_given_up_leaves_the_connection_in_order() throws IOException {
    try (H3Client client = H3Client.connect(stage.https())) {
      H3Client.Stream leaving = client.get("/vod/a.bin");
      leaving.body(1_000);

      leaving.cancel();

      assertThat(client.get("/vod/a.bin").whole()).isEqualTo(file);
    }
  }

  @Test
  void a_player_may_seek_more_often_than_a_connection_has_streams() throws IOException {
    try (H3Client client = H3Client.connect(stage.https())) {
      for (int i = 0; i < 150; i++) {
        H3Client.Stream leaving = client.get("/vod/a.bin", "range", "bytes=" + i + "-");
        leaving.body(1);
        leaving.cancel();
      }

      assertThat(client.get("/vod/a.bin").whole()).isEqualTo(file);
    }
  }

  @Test
  void when_one_stream_stops_reading_the_others_go_on() throws IOException {
    try (H3Client client = H3Client.connect(stage.https())) {
      H3Client.Stream stopped = client.get("/vod/a.bin");
      stopped.body(1_000);
      stopped.stopReading();

      for (int i = 0; i < 5; i++) {
        assertThat(client.get("/vod/a.bin").whole()).isEqualTo(file);
      }

      stopped.channel().config().setAutoRead(true);
      assertThat(stopped.whole()).isEqualTo(file);
    }
  }

  @Test
  void a_request_with_a_body_is_answered_and_then_not_read_further() throws IOException {
    try (H3Client client = H3Client.connect(stage.https())) {
      H3Client.Stream unfinished = client.request("GET", "/vod/a.bin", false);

      assertThat(unfinished.whole()).isEqualTo(file);
      assertThat(unfinished.end()).isEqualTo(End.CLEAN);
      assertThat(client.get("/vod/a.bin").whole()).isEqualTo(file);
    }
  }

  @Test
  void a_client_is_shown_the_certificate_of_the_host_that_it_names_also_after_a_reload()
      throws IOException {
    TlsIdentity renewed = SelfSigned.of("edge.test");
    try (H3Client viewer = H3Client.connect(stage.https(), "other.test")) {
      assertThat(viewer.certificate()).isEqualTo(OTHER.chain().get(0));
      assertThat(shown("edge.test")).isEqualTo(USUAL.chain().get(0));
      assertThat(shown("unknown.test")).isEqualTo(USUAL.chain().get(0));

      assertThat(stage.edge.reload(config(TlsConfig.of(renewed)))).isEmpty();

      assertThat(shown("edge.test")).isEqualTo(renewed.chain().get(0));
      assertThat(viewer.get("/vod/a.bin").whole()).isEqualTo(file);
    }
  }

  private Object shown(String host) throws IOException {
    try (H3Client client = H3Client.connect(stage.https(), host)) {
      return client.certificate();
    }
  }

  @Test
  void a_drain_refuses_and_resets_what_is_left() throws IOException {
    try (H3Client client = H3Client.connect(stage.https());
        H3Client idle = H3Client.connect(stage.https())) {
      H3Client.Stream viewer = client.get("/live/a.flv");
      viewer.body(1_000);
      assertThat(idle.get("/vod/missing").status()).isEqualTo(404);

      stage.edge.drain();
      EdgeStage.until("the listener is closed", this::isClosed);

      assertThat(client.get("/vod/a.bin").status()).isIn(0, 503);
      assertThat(viewer.end()).isEqualTo(End.RESET);
      assertThat(idle.closedWith()).isEqualTo(NO_ERROR);
    }
  }

  private boolean isClosed() {
    try (RawClient client = RawClient.connect(stage.https())) {
      return client.isClosed();
    } catch (IOException e) {
      return true;
    }
  }
}
