package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.Edge;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.VodConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VOD mounts in a whole edge: a folder, and a second mount that passes the first one on. */
class VodMountTest {
  @TempDir static Path dir;
  private static Edge origin;
  private static Edge edge;
  private static HttpClient client;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(dir.resolve("a.flv"), "0123456789");
    origin = Edge.start(config(VodConfig.directory("/vod/", dir)));
    edge = Edge.start(config(VodConfig.origins("/films/", url(origin) + "vod/")));
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void stop() {
    edge.close();
    origin.close();
  }

  @Test
  void a_file_passes_two_edges_with_its_validators() {
    HttpResponse<byte[]> direct = send("GET", url(origin) + "vod/a.flv");
    HttpResponse<byte[]> passed = send("GET", url(edge) + "films/a.flv");

    assertThat(passed.body()).asString().isEqualTo("0123456789");
    assertThat(passed.headers().firstValue("ETag"))
        .isPresent()
        .isEqualTo(direct.headers().firstValue("ETag"));
    assertThat(passed.headers().allValues("X-Cache-Status")).containsExactly("BYPASS");
  }

  @Test
  void a_range_passes_two_edges_and_says_what_every_answer_says() {
    HttpResponse<byte[]> answer =
        send("GET", url(edge) + "films/a.flv", "Range", "bytes=-3", "X-Request-Id", "story-1");

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).asString().isEqualTo("789");
    assertThat(answer.headers().firstValue("Content-Range")).hasValue("bytes 7-9/10");
    assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("story-1");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(answer.headers().allValues("Date")).hasSize(1);
  }

  @Test
  void other_methods_and_strange_paths_never_reach_the_files() {
    assertThat(send("POST", url(origin) + "vod/a.flv").statusCode()).isEqualTo(405);
    assertThat(send("OPTIONS", url(origin) + "vod/a.flv").statusCode()).isEqualTo(204);
    assertThat(send("GET", url(origin) + "vod/%2e%2e/a.flv").statusCode()).isEqualTo(400);
    assertThat(send("GET", url(origin) + "vod/none.flv").statusCode()).isEqualTo(404);
    assertThat(send("GET", url(origin) + "vod/").statusCode()).isEqualTo(404);
  }

  private static EdgeConfig config(VodConfig mount) {
    return EdgeConfig.builder().listen("127.0.0.1", 0).admin(null).vod(mount).build();
  }

  private static String url(Edge edge) {
    return "http://127.0.0.1:" + edge.listeners().get(0).address().getPort() + "/";
  }

  private static HttpResponse<byte[]> send(String method, String url, String... headers) {
    return VodServer.send(client, method, url, headers);
  }
}
