package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.ListenConfig;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.OriginConfig;
import io.flvkit.edge.SelfSigned;
import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.TlsIdentity;
import io.flvkit.edge.VodConfig;
import io.flvkit.edge.VodSource;
import io.flvkit.edge.access.AccessPolicy;
import io.flvkit.edge.story.RawClient.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Origins over TLS: here a shield. */
class HttpsOriginStoryTest {
  private static final TlsIdentity IDENTITY = SelfSigned.of("localhost");
  private static final LoopbackOrigin.Script CLIP =
      answer -> {
        answer.flvHead();
        answer.chunk(Clip.bytes());
        answer.linger();
      };

  @TempDir private Path folder;
  private LoopbackOrigin origin;
  private EdgeStage shield;

  @BeforeEach
  void start() throws IOException {
    Files.write(folder.resolve("a.bin"), new byte[] {1, 2, 3});
    origin = LoopbackOrigin.playing(CLIP);
    shield =
        EdgeStage.with(
            EdgeStage.config(EdgeStage.live(origin.url()).build())
                .listen(new ListenConfig("127.0.0.1", 0, new TlsConfig(IDENTITY, List.of())))
                .vod(VodConfig.directory("/vod/", folder))
                .build());
  }

  @AfterEach
  void stop() throws IOException {
    shield.close();
    origin.close();
  }

  private OriginConfig secured(String host, String mount, List<X509Certificate> authorities) {
    URI url = URI.create("https://" + host + ":" + shield.https().getPort() + mount);
    return new OriginConfig(url, null, Map.of(), authorities);
  }

  private static EdgeStage behind(OriginConfig first, String... others) {
    LiveConfig.Builder live = LiveConfig.builder("/live/").origin(first);
    for (String other : others) {
      live.origin(other);
    }
    return EdgeStage.with(EdgeStage.config(live.build()).build());
  }

  @Test
  void a_stream_is_pulled_over_tls() throws IOException {
    try (EdgeStage edge = behind(secured("localhost", "/live/", IDENTITY.chain()));
        RawClient client = RawClient.connect(edge.http())) {
      client.send(RawClient.request("GET", "/live/a.flv"));

      assertThat(client.head().status()).isEqualTo(200);
      assertThat(client.chunked(50_000)).startsWith('F', 'L', 'V', 1);
    }
  }

  @Test
  void an_authority_that_nobody_named_is_not_trusted() throws IOException {
    try (EdgeStage edge = behind(secured("localhost", "/live/", List.of()))) {
      assertThat(RawClient.get(edge.http(), "/live/a.flv").status()).isEqualTo(502);
    }
  }

  @Test
  void a_certificate_of_another_host_is_not_trusted_and_the_next_origin_is_asked()
      throws IOException {
    OriginConfig wrong = secured("127.0.0.1", "/live/", IDENTITY.chain());
    try (EdgeStage alone = behind(wrong);
        EdgeStage edge = behind(wrong, origin.url());
        RawClient client = RawClient.connect(edge.http())) {
      client.send(RawClient.request("GET", "/live/a.flv"));

      assertThat(client.head().status()).isEqualTo(200);
      assertThat(RawClient.get(alone.http(), "/live/a.flv").status()).isEqualTo(502);
    }
  }

  @Test
  void an_origin_that_speaks_no_tls_is_left() throws IOException {
    URI url = URI.create(origin.url().replace("http://127.0.0.1", "https://localhost"));
    OriginConfig clear = new OriginConfig(url, null, Map.of(), List.of());
    try (EdgeStage edge = behind(clear, origin.url());
        RawClient client = RawClient.connect(edge.http())) {
      client.send(RawClient.request("GET", "/live/a.flv"));

      assertThat(client.head().status()).isEqualTo(200);
    }
  }

  @Test
  void a_file_comes_over_tls_as_well() throws IOException {
    OriginConfig files = secured("localhost", "/vod/", IDENTITY.chain());
    VodConfig vod =
        new VodConfig("/vod/", new VodSource.Http(List.of(files)), null, AccessPolicy.OPEN);
    try (EdgeStage edge =
        EdgeStage.with(EdgeConfig.builder().listen("127.0.0.1", 0).admin(null).vod(vod).build())) {
      Response answer = RawClient.get(edge.http(), "/vod/a.bin");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).containsExactly(1, 2, 3);
    }
  }
}
