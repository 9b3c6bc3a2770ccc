package io.flvkit.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.Edge;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.S3AccessKey;
import io.flvkit.edge.S3Config;
import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.VodConfig;
import io.flvkit.examples.Media;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bucket of a real S3-compatible server, which verifies every signature that it gets; curl, which
 * signs by itself, fills it.
 */
@Timeout(120)
class PrivateBucketTest {
  private static final String KEY = "ID";
  private static final String SECRET = "se/cr+et";
  private static final String ODD_NAME = "a b+c&d=é(1)!~*'.flv";

  @TempDir static Path folder;
  private static OtherProgram server;
  private static String endpoint;
  private static byte[] clip;
  private static Edge edge;

  @BeforeAll
  static void start() throws Exception {
    int port = freePort();
    endpoint = "http://127.0.0.1:" + port;
    Path store = Files.createDirectories(folder.resolve("store/media")).getParent();
    Path configuration =
        Files.writeString(folder.resolve("s3proxy.conf"), configuration(endpoint, store));
    server =
        OtherProgram.start(
            ProcessHandle.current().info().command().orElse("java"),
            "-jar",
            "target/s3proxy/s3proxy.jar",
            "--properties",
            configuration.toString());
    clip = Files.readAllBytes(Media.loop());
    awaitPort(port);
    put("vod/clip.flv");
    put("vod/a%20b%2Bc%26d%3D%C3%A9%281%29%21~%2A%27.flv");
    edge = edge(SECRET);
  }

  private static String configuration(String endpoint, Path store) {
    return """
        s3proxy.authorization=aws-v4
        s3proxy.endpoint=ENDPOINT
        s3proxy.identity=ID
        s3proxy.credential=SECRET
        jclouds.provider=filesystem-nio2
        jclouds.identity=unused
        jclouds.credential=unused
        jclouds.filesystem.basedir=STORE
        """
        .replace("ENDPOINT", endpoint)
        .replace("SECRET", SECRET)
        .replace("STORE", store.toString());
  }

  @AfterAll
  static void stop() throws IOException {
    if (edge != null) {
      edge.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void a_file_is_read_by_signed_ranges_and_kept() throws Exception {
    HttpResponse<byte[]> first = get(edge, "clip.flv");
    HttpResponse<byte[]> second = get(edge, "clip.flv", "Range", "bytes=100000-200000");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).isEqualTo(clip);
    assertThat(second.body()).isEqualTo(Arrays.copyOfRange(clip, 100_000, 200_001));
    assertThat(second.headers().firstValue("X-Cache-Status")).hasValue("HIT");
  }

  @Test
  void a_key_of_odd_characters_is_found() throws Exception {
    String path = new URI(null, null, "/" + ODD_NAME, null).getRawPath().substring(1);

    assertThat(get(edge, path).body()).isEqualTo(clip);
  }

  @Test
  void a_seek_reads_the_bucket_too() throws Exception {
    assertThat(get(edge, "clip.flv?starttime=5").body().length).isBetween(1000, clip.length - 1000);
  }

  @Test
  void what_is_not_in_the_bucket_is_not_found() throws Exception {
    assertThat(get(edge, "nothing.flv").statusCode()).isEqualTo(404);
  }

  @Test
  void a_wrong_key_opens_nothing_and_is_not_told() throws Exception {
    try (Edge stranger = edge("another")) {
      HttpResponse<byte[]> refused = get(stranger, "clip.flv");

      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.headers().toString()).doesNotContain("another");
    }
  }

  private static Edge edge(String secret) throws IOException {
    S3Config bucket =
        new S3Config(
            URI.create(endpoint), "us-east-1", "media", "vod/", new S3AccessKey(KEY, secret));
    VodCacheConfig cache =
        new VodCacheConfig(
            Files.createTempDirectory(folder, "cache"),
            64 << 20,
            64 << 10,
            Duration.ofHours(1),
            Duration.ZERO,
            0);
    return Edge.start(
        EdgeConfig.builder()
            .listen("127.0.0.1", 0)
            .admin(null)
            .vod(VodConfig.s3("/vod/", bucket).withCache(cache))
            .build());
  }

  private static HttpResponse<byte[]> get(Edge edge, String name, String... headers)
      throws IOException, InterruptedException {
    int port = edge.listeners().get(0).address().getPort();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/vod/" + name))
            .timeout(Duration.ofSeconds(30));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void put(String key) throws IOException, InterruptedException {
    OtherProgram.Result result =
        OtherProgram.run(
            OtherProgram.require("curl"),
            "-sf",
            "-H",
            "x-amz-content-sha256: UNSIGNED-PAYLOAD",
            "--aws-sigv4",
            "aws:amz:us-east-1:s3",
            "--user",
            KEY + ":" + SECRET,
            "-T",
            Media.loop().toString(),
            endpoint + "/media/" + key);
    assertThat(result.status()).as("%s %s", result.said(), server.said()).isZero();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitPort(int port) throws IOException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException e) {
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError(server.said(), e);
        }
      }
    }
  }
}
