package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.ListenConfig;
import io.flvkit.edge.SelfSigned;
import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.VodConfig;
import io.flvkit.edge.story.LoopbackOrigin.Script;
import io.flvkit.edge.story.RawClient.Response;
import io.flvkit.edge.story.RawH2Client.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over HTTP/2, by a client that sees every frame. */
class H2StoryTest {
  private static final int ENOUGH = 1 << 30;

  @TempDir private Path folder;
  private final byte[] file = new byte[300_000];
  private LoopbackOrigin origin;
  private EdgeStage stage;

  @BeforeEach
  void start() throws IOException {
    for (int i = 0; i < file.length; i++) {
      file[i] = (byte) (i * 31 + i / 256);
    }
    Files.write(folder.resolve("a.bin"), file);
    origin = LoopbackOrigin.playing(playing(answer -> answer.linger()));
    stage =
        EdgeStage.pulling(
            origin.url(),
            config ->
                config
                    .listen(
                        new ListenConfig("127.0.0.1", 0, TlsConfig.of(SelfSigned.of("edge.test"))))
                    .vod(VodConfig.directory("/vod/", folder)));
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

  private static void waitForAll(RawClient first) throws IOException {
    first.send(RawClient.request("GET", "/live/a.flv"));
    first.head();
    first.chunksUntil(Clip.end()); // so that nothing moves any more
  }

  @Test
  void a_live_body_is_the_same_bytes_as_over_http_1() throws IOException {
    try (RawClient first = RawClient.connect(stage.http());
        RawClient http1 = RawClient.connect(stage.http());
        RawH2Client http2 = RawH2Client.connect(stage.http())) {
      waitForAll(first);
      http1.send(RawClient.request("GET", "/live/a.flv"));
      http1.head();
      http2.get(1, "/live/a.flv");

      Map<String, String> head = http2.head(1);
      byte[] expected = http1.chunked(8_000);
      byte[] body = http2.body(1, 8_000);

      assertThat(head)
          .containsEntry(":status", "200")
          .containsEntry("content-type", "video/x-flv")
          .containsEntry("x-cache-status", "HIT")
          .doesNotContainKeys("content-length", "transfer-encoding", "connection");
      int common = Math.min(body.length, expected.length);
      assertThat(Arrays.copyOf(body, common)).isEqualTo(Arrays.copyOf(expected, common));
      assertThat(text("/metrics"))
          .contains("flv_viewers{protocol=\"h2\",rendition=\"full\",stream=\"/live/a.flv\"} 1.0");
      assertThat(text("/api/streams")).contains("\"h2\":1");
    }
  }

  private String text(String path) {
    try {
      return RawClient.get(stage.admin(), path).text();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void files_parts_and_errors_are_those_of_http_1() throws IOException {
    try (RawH2Client client = RawH2Client.connect(stage.http())) {
      client.get(1, "/vod/a.bin");
      assertThat(client.head(1)).containsEntry("content-length", "300000");
      assertThat(client.body(1, ENOUGH)).isEqualTo(file);
      client.get(3, "/vod/a.bin", "range", "bytes=70000-150000");
      assertThat(client.head(3)).containsEntry(":status", "206");
      assertThat(client.body(3, ENOUGH)).isEqualTo(Arrays.copyOfRange(file, 70_000, 150_001));
      client.request(5, "HEAD", "/vod/a.bin", true);
      Frame head = client.next(RawH2Client.HEADERS, 5);
      assertThat(head.fields()).containsEntry("content-length", "300000");
      assertThat(head.endsStream()).isTrue();
      client.get(7, "/vod/missing.bin");
      assertThat(client.head(7)).containsEntry(":status", "404");
      client.get(9, "/vod/%2e%2e/a.bin");
      assertThat(client.head(9)).containsEntry(":status", "400");
      client.request(11, "DELETE", "/vod/a.bin", true);
      assertThat(client.head(11)).containsEntry(":status", "405").containsKey("allow");
    }
  }

  @Test
  void it_is_chosen_by_the_handshake() throws IOException {
    try (RawH2Client client =
        RawH2Client.over(TlsClient.socket(stage.https(), "edge.test", "TLSv1.3", "h2"))) {
      client.get(1, "/vod/a.bin");
      assertThat(client.body(1, ENOUGH)).isEqualTo(file);
      client.get(3, "/live/a.flv");

      assertThat(client.body(3, 1_000)).startsWith('F', 'L', 'V');
    }
  }

  @Test
  void a_stream_that_ended_ends_the_stream() throws IOException {
    origin.nowPlays(
        playing(
            answer -> {
              answer.lastChunk();
              origin.nowPlays(gone -> gone.head("HTTP/1.1 404 Gone", "Content-Length: 0", ""));
            }));
    try (RawH2Client client = RawH2Client.connect(stage.http())) {
      client.get(1, "/live/a.flv");

      byte[] body = client.body(1, ENOUGH);

      List<String> wanted = Clip.mediaFromKeyframe(0);
      assertThat(Clip.tags(body)).endsWith(wanted.get(wanted.size() - 1));
    }
  }

  @Test
  void a_stream_that_is_lost_resets_the_stream_and_not_the_connection() throws IOException {
    try (RawH2Client client = RawH2Client.connect(stage.http())) {
      client.get(1, "/live/a.flv");
      client.body(1, 1_000);

      origin.vanishes();

      assertThat(errorOf(client, 1)).isEqualTo(2); // INTERNAL_ERROR
      client.get(3, "/vod/a.bin");
      assertThat(client.head(3)).containsEntry(":status", "200");
    }
  }

  private static int errorOf(RawH2Client client, int stream) throws IOException {
    while (true) {
      Frame frame = client.next();
      assertThat(frame).isNotNull();
      if (frame.type() == RawH2Client.RST_STREAM && frame.stream() == stream) {
        return frame.error();
      }
      if (frame.type() == RawH2Client.DATA) {
        int length = frame.payload().length;
        client.windowUpdate(0, Math.max(1, length));
        client.windowUpdate(stream, Math.max(1, length));
      }
    }
  }

  @Test
  void a_viewer_that_resets_its_stream_is_gone_at_once() throws IOException {
    try (RawH2Client client = RawH2Client.connect(stage.http())) {
      client.get(1, "/live/a.flv");
      client.get(3, "/live/a.flv");
      client.body(1, 1_000);
      client.body(3, 1_000);

      client.frame(RawH2Client.RST_STREAM, 0, 1, RawH2Client.number(8));
      client.flush();

      EdgeStage.until("one viewer is left", () -> text("/api/streams").contains("\"h2\":1"));
      assertThat(client.body(3, 1_000)).isNotEmpty();
    }
    EdgeStage.until("nobody is left", () -> text("/api/streams").contains("\"h2\":0"));
  }

  @Test
  void a_request_with_a_body_is_answered_and_then_not_read_further() throws IOException {
    try (RawH2Client client = RawH2Client.connect(stage.http())) {
      client.request(1, "GET", "/vod/a.bin", false);
      client.frame(RawH2Client.DATA, 0, 1, new byte[100]);

      assertThat(client.body(1, ENOUGH)).isEqualTo(file);
      assertThat(errorOf(client, 1)).isZero(); // NO_ERROR
    }
  }

  @Test
  void a_body_beyond_its_limit_resets_the_stream() throws IOException {
    try (RawH2Client client = RawH2Client.connect(stage.http())) {
      client.request(1, "GET", "/live/a.flv", false);
      for (int i = 0; i < 5; i++) {
        client.frame(RawH2Client.DATA, 0, 1, new byte[16_000]);
      }

      assertThat(errorOf(client, 1)).isEqualTo(11); // ENHANCE_YOUR_CALM
    }
  }

  @Test
  void the_admin_reads_bodies_over_it_too() throws IOException {
    try (RawH2Client client = RawH2Client.connect(stage.admin())) {
      client.request(1, "POST", "/api/purge", false);
      byte[] json = "{\"paths\":[]}".getBytes(StandardCharsets.UTF_8);
      client.frame(RawH2Client.DATA, RawH2Client.END_STREAM, 1, json);

      assertThat(client.head(1)).containsEntry(":status", "200");
      assertThat(new String(client.body(1, ENOUGH), StandardCharsets.UTF_8)).contains("purged");
    }
  }

  @Test
  void a_drain_says_goaway_refuses_and_resets_what_is_left() throws IOException {
    try (RawH2Client client = RawH2Client.connect(stage.http());
        RawH2Client idle = RawH2Client.connect(stage.http())) {
      client.get(1, "/live/a.flv");
      client.body(1, 1_000);
      idle.get(1, "/vod/missing");
      idle.head(1);

      stage.edge.drain();
      Frame farewell = client.next(RawH2Client.GOAWAY, 0);
      client.get(3, "/vod/a.bin");

      assertThat(farewell.error()).isZero();
      assertThat(client.head(3)).containsEntry(":status", "503");
      assertThat(errorOf(client, 1)).isEqualTo(2);
      assertThat(client.errorAtEnd()).isEqualTo(-1); // and the connection ends
      assertThat(idle.errorAtEnd()).isZero();
    }
  }

  @Test
  void a_clear_port_still_speaks_http_1() throws IOException {
    Response answer = RawClient.ask(stage.http(), "PROPFIND / HTTP/1.1\r\nHost: edge\r\n\r\n");

    assertThat(answer.status()).isEqualTo(404);
  }
}
