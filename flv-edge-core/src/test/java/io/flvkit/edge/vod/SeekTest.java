package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvTag;
import io.flvkit.edge.Edge;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.VodConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code ?start=} and {@code ?starttime=}, from a folder, through a cache of small slices, and
 * passed on without a cache.
 */
class SeekTest {
  @TempDir static Path dir;
  private static byte[] clip;
  private static final List<KeyFrame> KEY_FRAMES = new ArrayList<>();
  private static Edge folder;
  private static Edge cached;
  private static Edge passing;
  private static HttpClient client;

  private record KeyFrame(long position, long millis) {}

  @BeforeAll
  static void start() throws IOException {
    try (InputStream in = SeekTest.class.getResourceAsStream("/media/h264_aac.flv")) {
      clip = in.readAllBytes();
    }
    FlvParser.create(
            (FlvHandler)
                tag -> {
                  if (tag.isKeyFrame()) {
                    KEY_FRAMES.add(new KeyFrame(tag.position(), tag.timestampMillis()));
                  }
                })
        .parse(ByteBuffer.wrap(clip));
    Path media = Files.createDirectory(dir.resolve("media"));
    Files.write(media.resolve("a.flv"), clip);
    Files.write(media.resolve("a.mp4"), clip);
    Files.writeString(media.resolve("text.flv"), "no video at all");
    folder = Edge.start(config(VodConfig.directory("/vod/", media)));
    VodCacheConfig cache =
        new VodCacheConfig(
            dir.resolve("cache"), 64 << 20, 4096, Duration.ofHours(1), Duration.ZERO, 0);
    cached = Edge.start(config(VodConfig.origins("/vod/", url(folder) + "vod/").withCache(cache)));
    passing = Edge.start(config(VodConfig.origins("/vod/", url(folder) + "vod/")));
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void stop() {
    passing.close();
    cached.close();
    folder.close();
  }

  @Test
  void by_bytes_begins_with_all_a_player_needs_and_the_key_frame_at_or_before() {
    KeyFrame wanted = KEY_FRAMES.get(1);

    HttpResponse<byte[]> answer = each("a.flv?start=" + (wanted.position() + 5));

    assertThat(answer.statusCode()).isEqualTo(200);
    byte[] tail = Arrays.copyOfRange(clip, (int) wanted.position(), clip.length);
    byte[] body = answer.body();
    assertThat(Arrays.copyOfRange(body, body.length - tail.length, body.length)).isEqualTo(tail);
    List<String> prelude = kinds(Arrays.copyOf(body, body.length - tail.length));
    assertThat(prelude).containsExactly("18", "9 configuration", "8 configuration");
    assertThat(new String(body, 0, 1000, StandardCharsets.ISO_8859_1))
        .doesNotContain("keyframes")
        .doesNotContain("filesize");
  }

  @Test
  void by_time_begins_at_the_key_frame_at_or_before() {
    KeyFrame wanted = KEY_FRAMES.get(1);

    byte[] exactly = each("a.flv?starttime=" + wanted.millis() / 1000.0).body();
    byte[] later = each("a.flv?starttime=" + (wanted.millis() + 10) / 1000.0).body();
    byte[] byBytes = each("a.flv?start=" + wanted.position()).body();

    assertThat(exactly).isEqualTo(byBytes);
    assertThat(later).isEqualTo(byBytes);
  }

  @Test
  void an_answer_is_a_file_of_its_own_with_tag_length_and_ranges() {
    String name = "a.flv?start=" + KEY_FRAMES.get(1).position();
    HttpResponse<byte[]> whole = each(name);
    HttpResponse<byte[]> head = send(cached, "HEAD", name);
    HttpResponse<byte[]> part = each(name, "Range", "bytes=100-4999");

    assertThat(header(whole, "ETag"))
        .isEqualTo(header(head, "ETag"))
        .isNotEqualTo(header(each("a.flv"), "ETag"));
    assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(whole.body().length));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(header(part, "Content-Range")).isEqualTo("bytes 100-4999/" + whole.body().length);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 100, 5000));
    assertThat(each(name, "If-None-Match", header(whole, "ETag")).statusCode()).isEqualTo(304);
  }

  @Test
  void a_second_one_comes_from_the_cache() {
    String name = "a.flv?starttime=1.0";
    each(name);

    assertThat(header(send(cached, "GET", name), "X-Cache-Status")).isEqualTo("HIT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.flv?start=0", "a.flv?starttime=0", "a.flv?starttime=0.0", "a.mp4?start=9"})
  void nothing_to_skip_is_the_whole_file(String name) {
    assertThat(each(name).body()).isEqualTo(clip);
  }

  @Test
  void a_file_that_only_has_the_name_is_sent_as_it_is() {
    assertThat(each("text.flv?start=3").body()).asString().isEqualTo("no video at all");
  }

  @ParameterizedTest
  @CsvSource({
    "start=x, 400",
    "start=-1, 400",
    "start=1.5, 400",
    "start=, 400",
    "start=9223372036854775808, 400",
    "starttime=x, 400",
    "starttime=-0.5, 400",
    "starttime=1e3, 400",
    "start=1&start=1, 400",
    "start=1&starttime=1, 400",
    "start=9223372036854775807, 416",
    "start=99999999, 416",
    "starttime=99999, 416",
  })
  void what_makes_no_sense_is_refused(String query, int status) {
    assertThat(each("a.flv?" + query).statusCode()).isEqualTo(status);
  }

  /** Asks all edges, which must say the same. */
  private static HttpResponse<byte[]> each(String name, String... headers) {
    HttpResponse<byte[]> one = send(folder, "GET", name, headers);
    HttpResponse<byte[]> two = send(cached, "GET", name, headers);
    HttpResponse<byte[]> three = send(passing, "GET", name, headers);
    assertThat(List.of(two.statusCode(), three.statusCode())).containsOnly(one.statusCode());
    assertThat(two.body()).isEqualTo(one.body());
    assertThat(three.body()).isEqualTo(one.body());
    assertThat(Arrays.asList(header(two, "ETag"), header(three, "ETag")))
        .containsOnly(header(one, "ETag"));
    return two;
  }

  private static HttpResponse<byte[]> send(
      Edge edge, String method, String name, String... headers) {
    return VodServer.send(client, method, url(edge) + "vod/" + name, headers);
  }

  private static List<String> kinds(byte[] flv) {
    List<String> kinds = new ArrayList<>();
    FlvParser.create((FlvHandler) tag -> kinds.add(kind(tag))).parse(ByteBuffer.wrap(flv));
    return kinds;
  }

  private static String kind(FlvTag tag) {
    return tag.type() + (tag.isSequenceHeader() ? " configuration" : "");
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  private static EdgeConfig config(VodConfig mount) {
    return EdgeConfig.builder().listen("127.0.0.1", 0).admin(null).vod(mount).build();
  }

  private static String url(Edge edge) {
    return "http://127.0.0.1:" + edge.listeners().get(0).address().getPort() + "/";
  }
}
