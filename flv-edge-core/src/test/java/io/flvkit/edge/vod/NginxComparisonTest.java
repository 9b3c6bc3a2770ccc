package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.VodConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A folder of ours, and nginx behind us, against nginx itself over the same file: hundreds of
 * random requests, byte for byte. Where the answers differ, on purpose, a test says so by name.
 */
class NginxComparisonTest {
  private static final int LENGTH = 200_000;
  private static final int REQUESTS = 300;
  private static final long SEED = 20261122;

  @TempDir static Path files;
  @TempDir static Path scratch;
  @TempDir static Path slices;
  private static Nginx nginx;
  private static VodServer folder;
  private static VodServer proxy;
  private static VodServer cache;
  private static HttpClient client;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void start() throws IOException {
    byte[] content = new byte[LENGTH];
    new Random(SEED).nextBytes(content);
    Files.write(files.resolve("a.flv"), content);
    nginx = Nginx.serving(files, scratch);
    folder = VodServer.ofDirectory(files);
    proxy = VodServer.ofOrigins(nginx.url());
    VodCacheConfig small =
        new VodCacheConfig(slices, 1 << 20, 8192, Duration.ofHours(1), Duration.ZERO, 0);
    cache = VodServer.of(VodConfig.origins("/vod/", nginx.url()).withCache(small));
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void stop() {
    if (nginx != null) {
      folder.close();
      proxy.close();
      cache.close();
      nginx.close();
    }
  }

  @Test
  void single_ranges_are_the_same() {
    compare(this::singleRange);
  }

  @Test
  void several_separate_ranges_are_the_same_parts_in_the_same_order() {
    compare(this::separateRanges);
  }

  @Test
  void conditions_are_decided_the_same() {
    String modified = theirs("GET").headers().firstValue("Last-Modified").orElseThrow();
    List<String> dates = List.of(modified, "Sun, 06 Nov 1994 08:49:37 GMT");
    List<String> fields = List.of("If-Modified-Since", "If-Unmodified-Since", "If-Range");
    for (String method : List.of("GET", "HEAD")) {
      for (String field : fields) {
        for (String date : dates) {
          String[] headers = {field, date};
          assertSame(theirs(method, headers), ours(folder, method, headers), headers);
        }
      }
    }
  }

  @Test
  void entity_tags_are_compared_the_same() {
    for (String field : List.of("If-Match", "If-None-Match", "If-Range")) {
      for (String form : List.of("TAG", "W/TAG", "\"x\"", "\"x\", TAG", "*")) {
        String[] theirHeaders = {field, tagged(form, theirs("GET")), "Range", "bytes=3-9"};
        String[] ourHeaders = {field, tagged(form, ours(folder, "GET")), "Range", "bytes=3-9"};
        assertSame(theirs("GET", theirHeaders), ours(folder, "GET", ourHeaders), theirHeaders);
      }
    }
  }

  @Test
  void nginx_behind_us_answers_like_nginx_with_validators_and_all() {
    compareWithNginxBehind(
        proxy, List.of("ETag", "Last-Modified", "Content-Length", "Accept-Ranges"));
  }

  @Test
  void our_cache_before_nginx_answers_like_nginx_from_the_first_request_on() {
    compareWithNginxBehind(cache, List.of("ETag", "Last-Modified", "Content-Length"));
  }

  private void compareWithNginxBehind(VodServer edge, List<String> fields) {
    String etag = theirs("GET").headers().firstValue("ETag").orElseThrow();
    List<Supplier<String[]>> kinds =
        List.of(
            () -> new String[] {"Range", singleRange()},
            () -> new String[] {"Range", separateRanges()},
            () -> new String[] {"Range", singleRange(), "If-Range", etag},
            () -> new String[] {"Range", singleRange(), "If-Range", "\"other\""},
            () -> new String[] {"If-None-Match", etag},
            () -> new String[] {"If-Match", "\"other\""});
    for (int i = 0; i < REQUESTS; i++) {
      String[] headers = kinds.get(i % kinds.size()).get();
      HttpResponse<byte[]> theirs = theirs("GET", headers);
      HttpResponse<byte[]> ours = ours(edge, "GET", headers);

      assertSame(theirs, ours, headers);
      boolean compared = !isMultipart(theirs) && (edge == proxy || theirs.statusCode() < 300);
      for (String name : compared ? fields : List.<String>of()) {
        assertThat(ours.headers().allValues(name)).isEqualTo(theirs.headers().allValues(name));
      }
    }
  }

  @Test
  void nginx_refuses_a_malformed_range_where_we_ignore_it_as_the_rfc_allows() {
    assertThat(theirs("GET", "Range", "bytes=9-1").statusCode()).isEqualTo(416);
    assertThat(ours(folder, "GET", "Range", "bytes=9-1").statusCode()).isEqualTo(200);
  }

  @Test
  void nginx_sends_overlapping_ranges_twice_where_we_coalesce() {
    assertThat(bodies(theirs("GET", "Range", "bytes=0-9,5-14"))).hasSize(2);
    assertThat(bodies(ours(folder, "GET", "Range", "bytes=0-9,5-14"))).hasSize(1);
  }

  @Test
  void nginx_answers_ranges_to_head_where_we_ignore_them_as_the_rfc_demands() {
    assertThat(theirs("HEAD", "Range", "bytes=0-9").statusCode()).isEqualTo(206);
    assertThat(ours(folder, "HEAD", "Range", "bytes=0-9").statusCode()).isEqualTo(200);
  }

  @Test
  void nginx_wants_the_exact_date_where_a_later_one_is_good_enough_for_us_and_the_rfc() {
    String later = "Fri, 01 Jan 2100 00:00:00 GMT";

    assertThat(theirs("GET", "If-Modified-Since", later).statusCode()).isEqualTo(200);
    assertThat(ours(folder, "GET", "If-Modified-Since", later).statusCode()).isEqualTo(304);
  }

  @Test
  void nginx_serves_nine_ranges_where_we_stop_at_eight() {
    String nine = "bytes=0-0,9-9,19-19,29-29,39-39,49-49,59-59,69-69,79-79";

    assertThat(theirs("GET", "Range", nine).statusCode()).isEqualTo(206);
    assertThat(ours(folder, "GET", "Range", nine).statusCode()).isEqualTo(416);
    assertThat(ours(proxy, "GET", "Range", nine).statusCode()).isEqualTo(416);
  }

  private void compare(Supplier<String> ranges) {
    for (int i = 0; i < REQUESTS; i++) {
      String[] headers = {"Range", ranges.get()};
      assertSame(theirs("GET", headers), ours(folder, "GET", headers), headers);
    }
  }

  private static void assertSame(
      HttpResponse<byte[]> theirs, HttpResponse<byte[]> ours, String... headers) {
    assertThat(ours.statusCode()).as(String.join(" ", headers)).isEqualTo(theirs.statusCode());
    assertThat(ours.headers().firstValue("Content-Range"))
        .isEqualTo(theirs.headers().firstValue("Content-Range"));
    if (ours.statusCode() < 300) {
      assertThat(bodies(ours)).as(String.join(" ", headers)).isEqualTo(bodies(theirs));
    }
  }

  /** The body, or each part with its Content-Range; boundaries are nobody's business. */
  private static List<String> bodies(HttpResponse<byte[]> answer) {
    String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
    if (!isMultipart(answer)) {
      return List.of(body);
    }
    Matcher boundary =
        Pattern.compile("boundary=(.+)")
            .matcher(answer.headers().firstValue("Content-Type").orElseThrow());
    assertThat(boundary.find()).isTrue();
    String delimiter = "\r\n--" + boundary.group(1);
    String framed = body.startsWith("\r\n") ? body : "\r\n" + body;
    assertThat(framed).endsWith(delimiter + "--\r\n");
    List<String> parts = new ArrayList<>();
    for (int at = delimiter.length(); ; ) {
      int end = framed.indexOf(delimiter, at);
      if (end < 0) {
        return parts;
      }
      parts.add(framed.substring(at, end));
      at = end + delimiter.length();
    }
  }

  private static boolean isMultipart(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("Content-Type").orElse("").startsWith("multipart/");
  }

  private static String tagged(String form, HttpResponse<byte[]> answer) {
    return form.replace("TAG", answer.headers().firstValue("ETag").orElseThrow());
  }

  private String singleRange() {
    int first = random.nextInt(LENGTH + LENGTH / 20);
    return switch (random.nextInt(4)) {
      case 0 -> "bytes=" + first + "-";
      case 1 -> "bytes=-" + first;
      case 2 -> "bytes=" + first + "-" + (first + random.nextInt(10));
      default -> "bytes=" + first + "-" + (first + random.nextInt(LENGTH));
    };
  }

  /** Up to eight that do not touch, the highest first half of the time. */
  private String separateRanges() {
    List<String> ranges = new ArrayList<>();
    int at = random.nextInt(100);
    int count = 2 + random.nextInt(7);
    boolean backwards = random.nextBoolean();
    for (int i = 0; i < count; i++) {
      int last = at + random.nextInt(LENGTH / 10);
      ranges.add(backwards ? 0 : i, at + "-" + last);
      at = last + 2 + random.nextInt(1000);
    }
    return "bytes=" + String.join(random.nextBoolean() ? "," : ", ", ranges);
  }

  private static HttpResponse<byte[]> theirs(String method, String... headers) {
    return VodServer.send(client, method, nginx.url() + "a.flv", headers);
  }

  private static HttpResponse<byte[]> ours(VodServer server, String method, String... headers) {
    return VodServer.send(client, method, server.url() + "a.flv", headers);
  }
}
