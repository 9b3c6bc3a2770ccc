package io.flvkit.edge.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.AdminConfig;
import io.flvkit.edge.Edge;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.VodConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator does with the cache of files. */
class CacheStoryTest {
  @TempDir Path dir;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Edge origin;
  private Edge edge;

  @BeforeEach
  void start() throws IOException {
    Path media = Files.createDirectories(dir.resolve("media/2026"));
    Files.write(media.resolve("a.flv"), new byte[10_000]);
    Files.write(media.resolve("b.flv"), new byte[5_000]);
    Files.write(media.resolveSibling("c.flv"), new byte[100]);
    origin = Edge.start(config(VodConfig.directory("/vod/", dir.resolve("media"))));
    VodCacheConfig cache =
        new VodCacheConfig(
            dir.resolve("cache"), 1 << 20, 4096, Duration.ofHours(1), Duration.ZERO, 0);
    edge = Edge.start(config(VodConfig.origins("/vod/", url(origin, 0) + "vod/").withCache(cache)));
  }

  @AfterEach
  void stop() {
    edge.close();
    origin.close();
  }

  @Test
  void prefetch_brings_files_into_the_cache_and_tells_how_far_it_is() {
    String started = post("/api/prefetch", "{\"paths\":[\"/vod/2026/a.flv\",\"/vod/c.flv\"]}", 202);
    String id = started.replaceAll(".*\"id\":\"([0-9a-f]+)\".*", "$1").strip();

    String progress = "";
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!progress.contains("\"state\":\"done\"")) {
      assertThat(System.nanoTime()).as(progress).isLessThan(deadline);
      progress = get("/api/prefetch/" + id);
    }

    assertThat(progress)
        .contains("\"id\":\"" + id + "\"")
        .contains("\"files\":2,\"bytesDone\":10100,\"bytesTotal\":10100,\"errors\":[]");
    assertThat(get("/api/cache")).contains("\"maxBytes\":1048576,\"files\":2,\"slices\":4");
    assertThat(cacheStatus("2026/a.flv")).isEqualTo("HIT");
    assertThat(get("/api/cache")).contains("\"hits\":1,\"misses\":0");
    assertThat(get("/metrics")).contains("flv_cache_requests_total{status=\"hit\"} 1.0");
  }

  @Test
  void prefetch_of_what_is_not_there_fails_and_says_which() {
    String started = post("/api/prefetch", "{\"paths\":[\"/vod/none.flv\",\"/no/a.flv\"]}", 202);
    String id = started.replaceAll(".*\"id\":\"([0-9a-f]+)\".*", "$1").strip();

    String progress = "";
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!progress.contains("\"state\":\"failed\"")) {
      assertThat(System.nanoTime()).as(progress).isLessThan(deadline);
      progress = get("/api/prefetch/" + id);
    }

    assertThat(progress)
        .contains("\"/vod/none.flv: status 404\"")
        .contains("\"/no/a.flv: no files are served there\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"urls\":[\"/vod/2026/a.flv\"]}|1|MISS|HIT|HIT",
        "{\"urls\":[\"/vod/2026/a.flv?start=5\",\"/vod/x.flv\"]}|1|MISS|HIT|HIT",
        "{\"paths\":[\"/vod/2026/*\"]}|2|MISS|MISS|HIT",
        "{\"paths\":[\"/vod/2026/b*\"]}|1|HIT|MISS|HIT",
        "{\"paths\":[\"/vod/c.flv\"]}|1|HIT|HIT|MISS",
        "{\"paths\":[]}|3|MISS|MISS|MISS",
        "{\"paths\":[\"/else/*\"]}|0|HIT|HIT|HIT",
      })
  void purge_takes_files_out(String order, int purged, String a, String b, String c) {
    for (String name : new String[] {"2026/a.flv", "2026/b.flv", "c.flv"}) {
      cacheStatus(name);
    }
    await("\"slices\":6");

    String answer = post("/api/purge", order, 200);

    assertThat(answer).isEqualToIgnoringNewLines("{\"purged\":" + purged + "}");
    assertThat(cacheStatus("2026/a.flv")).isEqualTo(a);
    assertThat(cacheStatus("2026/b.flv")).isEqualTo(b);
    assertThat(cacheStatus("c.flv")).isEqualTo(c);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/purge|{}",
        "/api/purge|{\"urls\":[]}",
        "/api/purge|{\"urls\":\"/vod/a.flv\"}",
        "/api/purge|{\"urls\":[1]}",
        "/api/purge|{\"urls\":[\"/vod/*\"]}",
        "/api/purge|{\"urls\":[\"vod/a.flv\"]}",
        "/api/purge|{\"urls\":[\"/vod/../a.flv\"]}",
        "/api/purge|{\"paths\":[\"/v*d/\"]}",
        "/api/purge|{\"paths\":[],\"urls\":[]}",
        "/api/purge|{paths:[]}",
        "/api/purge|[]",
        "/api/purge|not json",
        "/api/prefetch|{\"paths\":[]}",
        "/api/prefetch|{\"urls\":[\"/vod/a.flv\"]}",
        "/api/prefetch|{\"paths\":[\"a.flv\"]}",
      })
  void anything_else_is_refused(String path, String body) {
    assertThat(post(path, body, 400)).contains("\"error\"");
  }

  @Test
  void a_job_that_is_not_known_and_a_method_that_is_none_are_refused() {
    assertThat(send("GET", "/api/prefetch/123", null).statusCode()).isEqualTo(404);
    assertThat(send("GET", "/api/purge", null).statusCode()).isEqualTo(405);
    assertThat(send("POST", "/api/cache", "").statusCode()).isEqualTo(405);
  }

  private void await(String figures) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!get("/api/cache").contains(figures)) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  private String cacheStatus(String name) {
    return send(URI.create(url(edge, 0) + "vod/" + name), "GET", null)
        .headers()
        .firstValue("X-Cache-Status")
        .orElse(null);
  }

  private String get(String path) {
    return send("GET", path, null).body();
  }

  private String post(String path, String body, int status) {
    HttpResponse<String> answer = send("POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer.body();
  }

  private HttpResponse<String> send(String method, String path, String body) {
    return send(URI.create(url(edge, 1) + path.substring(1)), method, body);
  }

  private HttpResponse<String> send(URI uri, String method, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(20))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static EdgeConfig config(VodConfig mount) {
    return EdgeConfig.builder()
        .listen("127.0.0.1", 0)
        .admin(new AdminConfig("127.0.0.1", 0, null))
        .vod(mount)
        .build();
  }

  private static String url(Edge edge, int listener) {
    return "http://127.0.0.1:" + edge.listeners().get(listener).address().getPort() + "/";
  }
}
