package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.ListenConfig;
import io.flvkit.edge.SelfSigned;
import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.TlsIdentity;
import io.flvkit.edge.VodConfig;
import io.flvkit.edge.story.LoopbackOrigin.Script;
import io.flvkit.edge.story.RawClient.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsStoryTest {
  private static final TlsIdentity USUAL = SelfSigned.of("edge.test");
  private static final TlsIdentity OTHER = SelfSigned.of("other.test", "*.wild.test");

  @TempDir private Path folder;
  private final byte[] file = new byte[200_000];
  private LoopbackOrigin origin;
  private EdgeStage stage;
  private Script script;

  @BeforeEach
  void start() throws IOException {
    for (int i = 0; i < file.length; i++) {
      file[i] = (byte) (i * 31 + i / 256);
    }
    Files.write(folder.resolve("a.bin"), file);
    script =
        answer -> {
          answer.flvHead();
          answer.chunk(Clip.bytes());
          answer.linger();
        };
    origin = LoopbackOrigin.playing(answer -> script.play(answer));
    stage = EdgeStage.with(config(new TlsConfig(USUAL, List.of(OTHER))));
  }

  private EdgeConfig config(TlsConfig tls) {
    return EdgeStage.config(EdgeStage.live(origin.url()).build())
        .listen(new ListenConfig("127.0.0.1", 0, tls))
        .vod(VodConfig.directory("/vod/", folder))
        .build();
  }

  @AfterEach
  void stop() throws IOException {
    stage.close();
    origin.close();
  }

  @Test
  void the_body_of_a_live_stream_is_the_same_bytes_as_in_clear_text() throws IOException {
    try (RawClient first = RawClient.connect(stage.http());
        RawClient clear = RawClient.connect(stage.http());
        RawClient secured = TlsClient.connect(stage.https())) {
      String request = RawClient.request("GET", "/live/a.flv");
      first.send(request);
      first.head();
      first.chunksUntil(Clip.end()); // so that nothing moves any more
      clear.send(request);
      secured.send(request);

      assertThat(clear.head().status()).isEqualTo(200);
      assertThat(secured.head().status()).isEqualTo(200);
      byte[] expected = clear.chunked(8_000);
      int common = Math.min(expected.length, 8_000);
      assertThat(Arrays.copyOf(secured.chunked(8_000), common))
          .isEqualTo(Arrays.copyOf(expected, common));
    }
  }

  @Test
  void a_stream_that_ends_ends_cleanly() throws IOException {
    script =
        answer -> {
          answer.flvHead();
          answer.chunk(Clip.bytes());
          answer.lastChunk();
          origin.nowPlays(gone -> gone.head("HTTP/1.1 404 Gone", "Content-Length: 0", ""));
        };

    try (RawClient secured = TlsClient.connect(stage.https())) {
      String request = RawClient.request("GET", "/live/a.flv");
      secured.send(request);
      Response head = secured.head();

      assertThat(Clip.tags(secured.body(head, request))).endsWith(last(Clip.mediaFromKeyframe(0)));
    }
  }

  private static String last(List<String> tags) {
    return tags.get(tags.size() - 1);
  }

  @Test
  void a_file_and_a_part_of_it_are_served() throws IOException {
    try (RawClient secured = TlsClient.connect(stage.https())) {
      String whole = RawClient.request("GET", "/vod/a.bin");
      secured.send(whole + RawClient.request("GET", "/vod/a.bin", "Range: bytes=70000-150000"));

      assertThat(secured.body(secured.head(), whole)).isEqualTo(file);
      Response part = secured.head();
      assertThat(part.status()).isEqualTo(206);
      assertThat(secured.body(part, whole)).isEqualTo(Arrays.copyOfRange(file, 70_000, 150_001));
    }
  }

  @Test
  void a_client_is_shown_the_certificate_of_the_host_that_it_names() throws IOException {
    InetSocketAddress https = stage.https();

    assertThat(TlsClient.shown(https, "other.test")).isEqualTo(OTHER.chain().get(0));
    assertThat(TlsClient.shown(https, "a.WILD.test")).isEqualTo(OTHER.chain().get(0));
    assertThat(TlsClient.shown(https, "a.b.wild.test")).isEqualTo(USUAL.chain().get(0));
    assertThat(TlsClient.shown(https, "edge.test")).isEqualTo(USUAL.chain().get(0));
    assertThat(TlsClient.shown(https, "unknown.test")).isEqualTo(USUAL.chain().get(0));
  }

  @Test
  void versions_before_1_2_are_refused() {
    assertThatThrownBy(() -> TlsClient.socket(stage.https(), "edge.test", "TLSv1.1"))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void a_reload_shows_the_new_certificate_and_drops_nobody() throws IOException {
    TlsIdentity renewed = SelfSigned.of("edge.test");
    try (RawClient viewer = TlsClient.connect(stage.https())) {
      viewer.send(RawClient.request("GET", "/live/a.flv"));
      assertThat(viewer.head().status()).isEqualTo(200);
      viewer.chunked(50_000);

      assertThat(stage.edge.reload(config(TlsConfig.of(renewed)))).isEmpty();

      assertThat(TlsClient.shown(stage.https(), "edge.test")).isEqualTo(renewed.chain().get(0));
      assertThat(viewer.chunked(50_000)).isNotEmpty();
    }
  }

  @Test
  void clear_text_on_a_tls_port_is_closed() throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(10_000);
      socket.connect(stage.https(), 5_000);
      OutputStream out = socket.getOutputStream();

      out.write(RawClient.request("GET", "/live/a.flv").getBytes(StandardCharsets.US_ASCII));

      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.US_ASCII)).doesNotContain("HTTP");
    }
  }
}
