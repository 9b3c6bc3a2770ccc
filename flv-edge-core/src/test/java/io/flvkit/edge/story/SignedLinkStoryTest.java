package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.config.ConfigFile;
import io.flvkit.token.Grant;
import io.flvkit.token.KeyRing;
import io.flvkit.token.Scheme;
import io.flvkit.token.Secret;
import io.flvkit.token.UrlSigner;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed links of several schemes through the whole edge, also where the token is in the path. */
class SignedLinkStoryTest {
  private static final KeyRing KEYS = KeyRing.of("k1", Secret.parse("secret_key"));
  private static final Grant GRANT = Grant.until(Instant.ofEpochSecond(1_893_456_000));

  @TempDir private Path directory;
  private LoopbackOrigin origin;
  private EdgeStage stage;

  @BeforeEach
  void start() throws IOException {
    origin =
        LoopbackOrigin.playing(
            answer -> {
              answer.flvHead();
              answer.chunk(Clip.bytes());
              answer.linger();
            });
    Files.createDirectory(directory.resolve("media"));
    Files.write(directory.resolve("media/a.flv"), Clip.bytes());
    Files.writeString(directory.resolve("key.txt"), "secret_key\n");
    stage = EdgeStage.with(config("secretFile: key.txt"));
  }

  private EdgeConfig config(String secret) throws IOException {
    Path file = directory.resolve("edge.yaml");
    Files.writeString(
        file,
        """
        listen: [ { address: 127.0.0.1, port: 0 } ]
        admin: { address: 127.0.0.1, port: 0 }
        accessLog: access.log
        live:
          - path: /live/
            origins: [ { url: "%1$s" } ]
            access: { token: { scheme: alibaba-c, keys: [ { id: k1, %2$s } ] } }
          - path: /short/
            origins: [ { url: "%1$s" } ]
            access: { token: { scheme: qiniu, maxSession: 300ms, keys: [ { id: k1, %2$s } ] } }
          - path: /jwt/
            origins: [ { url: "%1$s" } ]
            access: { token: { scheme: cdni-jwt, keys: [ { id: k1, %2$s } ] } }
        vod:
          - path: /vod/
            origins: { directory: ./media }
            access: { token: { scheme: tencent-cdn-b, keys: [ { id: k1, %2$s } ] } }
        """
            .formatted(origin.url(), secret));
    return ConfigFile.read(file);
  }

  @AfterEach
  void stop() throws IOException {
    stage.close();
    origin.close();
  }

  private int status(String target, String... fields) throws IOException {
    return RawClient.ask(stage.http(), RawClient.request("HEAD", target, fields)).status();
  }

  private static String signed(Scheme scheme, String url) {
    return UrlSigner.of(scheme, KEYS).sign(url, GRANT);
  }

  @Test
  void a_token_in_the_path_opens_its_live_stream() throws IOException {
    String target = signed(Scheme.ALIBABA_C, "/live/a.flv");
    try (RawClient client = RawClient.connect(stage.http())) {
      client.send(RawClient.request("GET", target + "?only_audio=0"));

      assertThat(client.head().status()).isEqualTo(200);
      assertThat(Arrays.copyOf(client.chunked(3), 3)).isEqualTo(new byte[] {'F', 'L', 'V'});
    }
    assertThat(target).matches("/[0-9a-f]{32}/70DBD880/live/a.flv");
    assertThat(origin.requests()).singleElement().asString().startsWith("GET /live/a.flv HTTP/1.1");
  }

  @Test
  void viewers_with_and_without_the_token_in_the_path_share_one_pull() throws IOException {
    String[] segments = signed(Scheme.ALIBABA_C, "/live/a.flv").split("/", 4);
    String inQuery = "/live/a.flv?KEY1=" + segments[1] + "&KEY2=" + segments[2];
    try (RawClient one = RawClient.connect(stage.http());
        RawClient two = RawClient.connect(stage.http())) {
      one.send(RawClient.request("GET", signed(Scheme.ALIBABA_C, "/live/a.flv")));
      assertThat(one.head().status()).isEqualTo(200);
      two.send(RawClient.request("GET", inQuery));
      assertThat(two.head().status()).isEqualTo(200);
    }
    assertThat(origin.requests()).hasSize(1);
  }

  @Test
  void a_token_in_the_path_opens_nothing_else() throws IOException {
    String target = signed(Scheme.ALIBABA_C, "/live/a.flv");

    assertThat(status(target.replace("a.flv", "b.flv"))).isEqualTo(403);
    assertThat(status(target.replace("/live/", "/jwt/"))).isEqualTo(404);
    assertThat(status(target.replace("/live/", "/vod/"))).isEqualTo(404);
    assertThat(status("/live/a.flv")).isEqualTo(403);
    assertThat(status(target.replace("70DBD880", "50DBD880"))).isEqualTo(403);
  }

  @Test
  void a_token_in_the_path_opens_its_file_and_its_ranges() throws IOException {
    String target = signed(Scheme.TENCENT_CDN_B, "/vod/a.flv");

    assertThat(RawClient.get(stage.http(), target).body()).isEqualTo(Clip.bytes());
    assertThat(RawClient.get(stage.http(), target, "Range: bytes=0-2").body())
        .isEqualTo(new byte[] {'F', 'L', 'V'});
    assertThat(status(target.replace("a.flv", "missing.flv"))).isEqualTo(403);
    assertThat(status("/vod/a.flv")).isEqualTo(403);
    String expired =
        UrlSigner.of(Scheme.TENCENT_CDN_B, KEYS)
            .sign("/vod/a.flv", Grant.until(Instant.ofEpochSecond(1_700_000_000)));
    assertThat(status(expired)).isEqualTo(410);
  }

  @Test
  void a_token_in_the_path_is_not_logged() throws IOException {
    Path log = directory.resolve("access.log");
    String good = signed(Scheme.TENCENT_CDN_B, "/vod/a.flv");
    status(good);
    status(good.replace("a.flv", "b.flv"));
    status(good.replace("/vod/", "/nowhere/"));
    status("/vod/a.flv?KEY1=x&key1=y");

    EdgeStage.until("all are logged", () -> EdgeStage.lines(log) == 4);

    assertThat(Files.readString(log))
        .contains(
            "\"path\":\"/vod/a.flv\"", "\"path\":\"/vod/b.flv\"", "\"path\":\"/nowhere/a.flv\"")
        .contains("\"reason\":\"bad-signature\"", "\"reason\":\"missing\"")
        .doesNotContain(good.split("/", 4)[2], "KEY1", "key1");
  }

  @Test
  void a_token_may_name_the_host() throws IOException {
    String[] url = signed(Scheme.CDNI_JWT, "https://live.example.com/jwt/a.flv").split("/", 4);
    String target = "/" + url[3];

    assertThat(statusAt("live.example.com", target)).isEqualTo(200);
    assertThat(statusAt("other.example.com", target)).isEqualTo(403);
    assertThat(statusAt("live.example.com/jwt/a.flv?", target.replace("a.flv", "b.flv")))
        .isNotEqualTo(200);
  }

  private int statusAt(String host, String target) throws IOException {
    String request = RawClient.request("HEAD", target).replace("Host: edge", "Host: " + host);
    return RawClient.ask(stage.http(), request).status();
  }

  @Test
  void a_response_is_broken_off_after_the_longest_session() throws IOException {
    Path log = directory.resolve("access.log");
    try (RawClient client = RawClient.connect(stage.http())) {
      client.send(RawClient.request("GET", signed(Scheme.QINIU, "/short/a.flv")));
      assertThat(client.head().status()).isEqualTo(200);

      assertThatThrownBy(() -> client.chunked(Integer.MAX_VALUE)).isInstanceOf(EOFException.class);
    }
    EdgeStage.until("it is logged", () -> EdgeStage.lines(log) == 1);
    assertThat(Files.readString(log)).contains("\"reason\":\"session-over\"", "\"status\":200");
  }

  @Test
  void other_keys_take_over_and_nobody_is_dropped() throws IOException {
    String target = signed(Scheme.ALIBABA_C, "/live/a.flv");
    try (RawClient client = RawClient.connect(stage.http())) {
      client.send(RawClient.request("GET", target));
      assertThat(client.head().status()).isEqualTo(200);
      int received = client.chunked(3).length;

      Files.writeString(directory.resolve("key.txt"), "another_key\n");
      assertThat(stage.edge.reload(config("secretFile: key.txt"))).isEmpty();

      assertThat(status(target)).isEqualTo(403);
      KeyRing others = KeyRing.of("k1", Secret.parse("another_key"));
      assertThat(status(UrlSigner.of(Scheme.ALIBABA_C, others).sign("/live/a.flv", GRANT)))
          .isEqualTo(200);
      assertThat(received + client.chunked(1_000).length).isGreaterThan(1_000);
    }
    assertThat(origin.requests()).hasSize(1);
  }
}
