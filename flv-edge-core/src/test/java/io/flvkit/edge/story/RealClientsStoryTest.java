package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.ListenConfig;
import io.flvkit.edge.SelfSigned;
import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.VodConfig;
import io.flvkit.edge.story.LoopbackOrigin.Answer;
import io.flvkit.edge.story.RealClient.Result;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.kwik.flupke.Http3Client;

/** The same bytes over each protocol, as clients that others wrote receive them. */
class RealClientsStoryTest {
  @TempDir private Path folder;
  @TempDir private Path output;
  private final byte[] file = new byte[3_000_000];
  private LoopbackOrigin origin;
  private EdgeStage stage;

  @BeforeEach
  void start() throws IOException {
    for (int i = 0; i < file.length; i++) {
      file[i] = (byte) (i * 31 + i / 256);
    }
    Files.write(folder.resolve("a.bin"), file);
    origin = LoopbackOrigin.playing(this::clipToItsEnd);
    stage =
        EdgeStage.pulling(
            origin.url(),
            config ->
                config
                    .listen(
                        new ListenConfig("127.0.0.1", 0, TlsConfig.of(SelfSigned.of("localhost")))
                            .withHttp3())
                    .vod(VodConfig.directory("/vod/", folder)));
  }

  private void clipToItsEnd(Answer answer) throws IOException {
    origin.nowPlays(gone -> gone.head("HTTP/1.1 404 Gone", "Content-Length: 0"));
    answer.flvHead();
    answer.chunk(Clip.bytes());
    answer.lastChunk();
  }

  @AfterEach
  void stop() throws IOException {
    stage.close();
    origin.close();
  }

  private String clear(String path) {
    return "http://127.0.0.1:" + stage.http().getPort() + path;
  }

  private String secured(String path) {
    return "https://127.0.0.1:" + stage.https().getPort() + path;
  }

  private Result curl(String url, String option) throws IOException, InterruptedException {
    Path body = output.resolve("body");
    return RealClient.run(
        output, "curl", "-sS", "-k", option, "-o", body.toString(), "-w", "%{http_version}", url);
  }

  private void assertFile(String url, String option, String version) throws Exception {
    Result result = curl(url, option);

    assertThat(result.status()).isZero();
    assertThat(new String(result.bytes(), StandardCharsets.US_ASCII)).isEqualTo(version);
    assertThat(Files.readAllBytes(output.resolve("body"))).isEqualTo(file);
  }

  @Test
  void curl_gets_a_file() throws Exception {
    assertFile(clear("/vod/a.bin"), "--http1.1", "1.1");
    assertFile(clear("/vod/a.bin"), "--http2-prior-knowledge", "2");
    assertFile(secured("/vod/a.bin"), "--http1.1", "1.1");
    assertFile(secured("/vod/a.bin"), "--http2", "2");
  }

  @Test
  void nghttp_gets_a_file() throws Exception {
    assertThat(RealClient.run(output, "nghttp", clear("/vod/a.bin")).bytes()).isEqualTo(file);
    assertThat(RealClient.run(output, "nghttp", secured("/vod/a.bin")).bytes()).isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2-prior-knowledge"})
  void curl_gets_a_live_stream_to_its_end(String option) throws Exception {
    Result result = curl(clear("/live/a.flv"), option);

    assertThat(result.status()).isZero();
    assertWhole(Files.readAllBytes(output.resolve("body")));
  }

  @Test
  void nghttp_gets_a_live_stream_to_its_end() throws Exception {
    assertWhole(RealClient.run(output, "nghttp", secured("/live/a.flv")).bytes());
  }

  private Path gtlsclient(String path) throws IOException, InterruptedException {
    Result result =
        RealClient.run(
            output,
            "gtlsclient",
            "-q",
            "--exit-on-all-streams-close",
            "--download=" + output,
            "127.0.0.1",
            Integer.toString(stage.https().getPort()),
            secured(path));
    assertThat(result.status()).isZero();
    return output.resolve(Path.of(path).getFileName());
  }

  @Test
  void gtlsclient_gets_a_file_and_a_live_stream_to_its_end() throws Exception {
    assertThat(Files.readAllBytes(gtlsclient("/vod/a.bin"))).isEqualTo(file);
    assertWhole(Files.readAllBytes(gtlsclient("/live/a.flv")));
  }

  @Test
  void flupke_gets_a_file_and_a_live_stream_to_its_end() throws Exception {
    HttpClient client = Http3Client.newBuilder().disableCertificateCheck().build();
    HttpRequest forFile = HttpRequest.newBuilder(URI.create(secured("/vod/a.bin"))).build();
    HttpRequest forStream = HttpRequest.newBuilder(URI.create(secured("/live/a.flv"))).build();

    HttpResponse<byte[]> whole = client.send(forFile, BodyHandlers.ofByteArray());
    HttpResponse<byte[]> live = client.send(forStream, BodyHandlers.ofByteArray());

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(file);
    assertWhole(live.body());
  }

  private static void assertWhole(byte[] body) {
    List<String> wanted = Clip.mediaFromKeyframe(0);
    assertThat(Clip.tags(body)).endsWith(wanted.get(wanted.size() - 1));
  }

  @Test
  void curl_notices_that_a_stream_is_lost() throws Exception {
    origin.nowPlays(
        answer -> {
          answer.flvHead();
          answer.chunk(Clip.bytes());
          origin.vanishes();
        });

    assertThat(curl(clear("/live/a.flv"), "--http2-prior-knowledge").status()).isEqualTo(92);
  }
}
