package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.OriginConfig;
import io.flvkit.edge.VodSource;
import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.origin.PullFailure;
import io.flvkit.token.CanonicalPath;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginSourceTest {
  private static final OriginDeadlines DEADLINES =
      new OriginDeadlines(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));

  private final ManualLoop loop = new ManualLoop();
  private final ScriptedOrigins origins = new ScriptedOrigins();
  private final Heard heard = new Heard();

  @Nested
  class The_request_to_the_origin {
    @Test
    void goes_to_the_origins_url_and_what_follows_the_mount() {
      ask(Requests.get("/vod/a%20b/%C3%A9.flv"));

      assertThat(origins.last().request.uri())
          .hasToString("http://one.example/files/a%20b/%C3%A9.flv");
      assertThat(origins.last().request.method()).isEqualTo("GET");
    }

    @Test
    void carries_range_and_conditions_and_the_request_id_and_nothing_else_of_the_client() {
      ask(
          Requests.get(
              "/vod/a.flv",
              "Range",
              "bytes=0-9",
              "If-Range",
              "\"v1\"",
              "If-Match",
              "\"v1\"",
              "If-Match",
              "\"v2\"",
              "Cookie",
              "secret",
              "Authorization",
              "Basic x",
              "Connection",
              "Upgrade"));

      ScriptedOrigins.Pull pull = origins.last();
      assertThat(pull.header("Range")).isEqualTo("bytes=0-9");
      assertThat(pull.header("If-Range")).isEqualTo("\"v1\"");
      assertThat(pull.header("If-Match")).isEqualTo("\"v1\", \"v2\"");
      assertThat(pull.header("X-Request-Id")).isEqualTo("request-1");
      assertThat(pull.header("Accept-Encoding")).isEqualTo("identity");
      assertThat(pull.header("Cookie")).isNull();
      assertThat(pull.header("Authorization")).isNull();
      assertThat(pull.header("Connection")).isNull();
    }

    @Test
    void carries_the_host_and_fields_of_the_configuration() {
      OriginConfig origin =
          new OriginConfig(
              URI.create("http://one.example/"), "cdn.example", Map.of("X-Key", "secret"));
      source(origin)
          .answer(Requests.get("/a.flv"), CanonicalPath.parse("/a.flv"), loop, VodEvents.NONE);

      assertThat(origins.last().header("Host")).isEqualTo("cdn.example");
      assertThat(origins.last().header("X-Key")).isEqualTo("secret");
    }

    @Test
    void has_no_range_when_the_method_is_head() {
      ask(Requests.head("/vod/a.flv", "Range", "bytes=0-9"));

      assertThat(origins.last().request.method()).isEqualTo("HEAD");
      assertThat(origins.last().header("Range")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=9-1", "lines=1-2", "bytes=x"})
    void has_no_range_when_the_client_sent_none_that_can_be_read(String range) {
      ask(Requests.get("/vod/a.flv", "Range", range));

      assertThat(origins.last().header("Range")).isNull();
    }

    @Test
    void asks_for_no_byte_twice() {
      ask(Requests.get("/vod/a.flv", "Range", "bytes=0-9,0-9,5-14,-3,-2"));

      assertThat(origins.last().header("Range")).isEqualTo("bytes=0-14,-3");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16",
          "bytes=0-99999999999999999999"
        })
    void asks_for_what_no_file_has_when_the_ranges_are_beyond_the_limits(String range) {
      ask(Requests.get("/vod/a.flv", "Range", range));

      assertThat(origins.last().header("Range")).isEqualTo("bytes=9223372036854775806-");
    }
  }

  @Nested
  class An_answer {
    @Test
    void with_the_file_is_passed_on_as_it_comes() {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv"));
      origins.last().answers(200, "Content-Length", "6", "Content-Type", "video/x-flv");

      Body.Pulled body = (Body.Pulled) answer.join().body();
      RecordingSink client = new RecordingSink();
      body.source().start(client);
      body.source().more();
      origins.last().sends("abc").sends("def").ends();
      loop.run();

      assertThat(answer.join().status()).isEqualTo(200);
      assertThat(body.lengthBytes()).isEqualTo(6);
      assertThat(client.bytes).hasToString("abcdef");
      assertThat(client.ended).isTrue();
    }

    @Test
    void of_unknown_length_has_none() {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv"));
      origins.last().answers(200);

      assertThat(((Body.Pulled) answer.join().body()).lengthBytes()).isEqualTo(-1);
    }

    @Test
    void keeps_the_fields_of_the_file_and_loses_those_of_the_connection_and_the_origin() {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv"));
      origins
          .last()
          .answers(
              200,
              "Content-Type",
              "video/x-flv",
              "ETag",
              "\"v1\"",
              "Last-Modified",
              "Sun, 06 Nov 1994 08:49:37 GMT",
              "Cache-Control",
              "max-age=60",
              "Cache-Control",
              "public",
              "Accept-Ranges",
              "bytes",
              "Set-Cookie",
              "a=b",
              "Server",
              "origin/1",
              "Connection",
              "keep-alive, X-Internal",
              "X-Internal",
              "1",
              "Transfer-Encoding",
              "chunked",
              "X-Cache-Status",
              "HIT");

      assertThat(answer.join().headers())
          .hasToString(
              "[Field[name=Content-Type, value=video/x-flv],"
                  + " Field[name=Accept-Ranges, value=bytes],"
                  + " Field[name=ETag, value=\"v1\"],"
                  + " Field[name=Last-Modified, value=Sun, 06 Nov 1994 08:49:37 GMT],"
                  + " Field[name=Cache-Control, value=max-age=60, public],"
                  + " Field[name=X-Cache-Status, value=BYPASS]]");
    }

    @Test
    void to_head_says_the_length_and_has_no_body() {
      CompletableFuture<EdgeResponse> answer = ask(Requests.head("/vod/a.flv"));
      origins.last().answers(200, "Content-Length", "1234567890123");

      assertThat(answer.join().headers().first("Content-Length")).isEqualTo("1234567890123");
      assertThat(answer.join().body()).isSameAs(Body.EMPTY);
    }

    @Test
    void of_304_has_no_body() {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv"));
      origins.last().answers(304, "ETag", "\"v1\"");

      assertThat(answer.join().status()).isEqualTo(304);
      assertThat(answer.join().headers().first("ETag")).isEqualTo("\"v1\"");
      assertThat(answer.join().body()).isSameAs(Body.EMPTY);
      assertThat(origins.last().cancelled).isTrue();
    }

    @Test
    void of_416_keeps_its_content_range() {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv", "Range", "bytes=9-"));
      origins.last().answers(416, "Content-Range", "bytes */5").ends();

      assertThat(answer.join().status()).isEqualTo(416);
      assertThat(answer.join().headers().first("Content-Range")).isEqualTo("bytes */5");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "bytes=0-9 | bytes 0-9/100       | 10 | true",
          "bytes=0-9 | bytes 0-9/*         | 10 | true",
          "bytes=0-9 | bytes 0-9/100       | 11 | false",
          "bytes=0-9 | bytes 0-9/5         | 10 | false",
          "bytes=0-9 | bytes */100         | 10 | false",
          "bytes=0-9 | nonsense            | 10 | false",
          "          | bytes 0-9/100       | 10 | false",
        })
    void of_206_is_passed_on_only_if_it_can_be_right(
        String range, String contentRange, String length, boolean sound) {
      RoutedRequest request =
          range == null ? Requests.get("/vod/a.flv") : Requests.get("/vod/a.flv", "Range", range);

      CompletableFuture<EdgeResponse> answer = ask(request);
      origins.last().answers(206, "Content-Range", contentRange, "Content-Length", length);

      assertThat(answer.join().status()).isEqualTo(sound ? 206 : 502);
      assertThat(origins.last().cancelled).isEqualTo(!sound);
    }

    @Test
    void of_several_ranges_is_passed_on() {
      CompletableFuture<EdgeResponse> answer =
          ask(Requests.get("/vod/a.flv", "Range", "bytes=0-1,4-5"));
      origins.last().answers(206, "Content-Type", "multipart/byteranges; boundary=x");

      assertThat(answer.join().status()).isEqualTo(206);
    }

    @Test
    void that_breaks_off_breaks_the_body() {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv"));
      origins.last().answers(200, "Content-Length", "6");
      Body.Pulled body = (Body.Pulled) answer.join().body();
      RecordingSink client = new RecordingSink();
      body.source().start(client);
      body.source().more();

      origins.last().sends("abc").fails(PullFailure.RESET);

      assertThat(client.bytes).hasToString("abc");
      assertThat(client.broken).isNotNull();
      assertThat(client.ended).isFalse();
    }
  }

  @Nested
  class A_refusal {
    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 410, 412, 429})
    void of_4xx_is_the_answer_and_the_next_origin_is_not_asked(int status) {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv"), 2);
      origins.last().answers(status, "Content-Type", "text/html").sends("gone").ends();

      assertThat(answer.join().status()).isEqualTo(status);
      assertThat(answer.join().headers().first("Content-Type")).isEqualTo("text/html");
      assertThat(bytesOf(answer.join())).isEqualTo("gone");
      assertThat(origins.count()).isEqualTo(1);
    }

    @Test
    void keeps_64_KiB_of_its_body() {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv"));
      origins.last().answers(404);
      for (int i = 0; i < 100 && !answer.isDone(); i++) {
        origins.last().sends("x".repeat(1000));
      }

      assertThat(bytesOf(answer.join())).hasSize(64 * 1024);
      assertThat(origins.last().cancelled).isTrue();
    }

    @Test
    void whose_body_does_not_end_is_answered_with_what_came() {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv"));
      origins.last().answers(404).sends("go");

      loop.advance(DEADLINES.firstByte());

      assertThat(bytesOf(answer.join())).isEqualTo("go");
    }
  }

  @Nested
  class Failover {
    @ParameterizedTest
    @EnumSource(PullFailure.class)
    void goes_to_the_next_origin_when_one_fails(PullFailure failure) {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv"), 2);
      origins.last().fails(failure);

      assertThat(origins.last().request.uri()).hasToString("http://two.example/files/a.flv");

      origins.last().answers(200);

      assertThat(answer.join().status()).isEqualTo(200);
    }

    @Test
    void goes_to_the_next_origin_when_one_is_late() {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv"), 2);
      ScriptedOrigins.Pull late = origins.last();

      loop.advance(DEADLINES.firstByte());

      assertThat(late.cancelled).isTrue();
      assertThat(origins.count()).isEqualTo(2);
      late.answers(200);
      assertThat(answer).isNotDone();
    }

    @ParameterizedTest
    @CsvSource({"CONNECT_FAILED, 502", "RESET, 502", "CONNECT_TIMEOUT, 504"})
    void that_finds_nobody_answers_by_the_last_failure(PullFailure failure, int status) {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv"), 2);
      origins.last().fails(PullFailure.FIRST_BYTE_TIMEOUT);
      origins.last().fails(failure);

      assertThat(answer.join().status()).isEqualTo(status);
      assertThat(answer.join().headers().first("X-Cache-Status")).isNull();
    }

    @Test
    void answers_with_the_last_5xx_when_no_origin_is_better() {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv"), 3);
      origins.last().answers(503, "Retry-After", "7").sends("busy").ends();
      origins.last().answers(500).sends("broken").ends();
      origins.last().fails(PullFailure.CONNECT_TIMEOUT);

      assertThat(answer.join().status()).isEqualTo(500);
      assertThat(bytesOf(answer.join())).isEqualTo("broken");
      assertThat(origins.count()).isEqualTo(3);
    }

    @Test
    void stays_with_the_origin_that_served_and_comes_round_to_the_first_again() {
      RoutedRequest request = Requests.get("/vod/a.flv");
      OriginSource source = source(originNamed("one"), originNamed("two"));
      ask(source, request);
      origins.last().fails(PullFailure.CONNECT_TIMEOUT);
      origins.last().answers(200);

      ask(source, request);

      assertThat(origins.last().request.uri()).hasToString("http://two.example/files/a.flv");

      origins.last().fails(PullFailure.RESET);

      assertThat(origins.last().request.uri()).hasToString("http://one.example/files/a.flv");
      assertThat(origins.count()).isEqualTo(4);
    }

    @Test
    void tells_which_origin_failed_and_why_and_which_one_served_how_much() {
      ask(Requests.get("/vod/a.flv"), 3);
      origins.last().fails(PullFailure.RESET);
      origins.last().answers(503).ends();
      origins.last().answers(200).sends("abc").fails(PullFailure.RESET);

      assertThat(heard.lines)
          .containsExactly(
              "http://one.example/files/ failed: reset",
              "http://two.example/files/ failed: status-503",
              "http://three.example/files/ serves",
              "3 bytes",
              "http://three.example/files/ failed: reset");
    }

    @Test
    void leaves_no_timer_behind() {
      CompletableFuture<EdgeResponse> answer = ask(Requests.get("/vod/a.flv"), 2);
      origins.last().answers(503).ends();
      origins.last().answers(404).ends();

      assertThat(answer).isDone();
      assertThat(loop.timers()).isZero();
    }
  }

  private CompletableFuture<EdgeResponse> ask(RoutedRequest request) {
    return ask(request, 1);
  }

  private CompletableFuture<EdgeResponse> ask(RoutedRequest request, int count) {
    OriginConfig[] configured =
        List.of("one", "two", "three").subList(0, count).stream()
            .map(OriginSourceTest::originNamed)
            .toArray(OriginConfig[]::new);
    return ask(source(configured), request);
  }

  private CompletableFuture<EdgeResponse> ask(OriginSource source, RoutedRequest request) {
    CanonicalPath file = request.path().under(CanonicalPath.parse("/vod/")).orElseThrow();
    return source.answer(request, file, loop, heard).toCompletableFuture();
  }

  private static OriginConfig originNamed(String name) {
    return OriginConfig.of("http://" + name + ".example/files/");
  }

  private OriginSource source(OriginConfig... configured) {
    return new OriginSource(
        new Origins(
            HttpAddress.of(new VodSource.Http(List.of(configured)), DEADLINES.connect()),
            origins,
            DEADLINES),
        "X-Cache-Status",
        Runnable::run);
  }

  private static String bytesOf(EdgeResponse response) {
    return new String(((Body.Bytes) response.body()).content(), StandardCharsets.US_ASCII);
  }

  /** What was told of the origins, in words. */
  private static final class Heard implements VodEvents {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void originServes(String origin) {
      lines.add(origin + " serves");
    }

    @Override
    public void originFailed(String origin, String reason) {
      lines.add(origin + " failed: " + reason);
    }

    @Override
    public void received(long bytes) {
      lines.add(bytes + " bytes");
    }
  }
}
