package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.token.CanonicalPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectorySourceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String DATE = "Sun, 22 Nov 2026 11:00:00 GMT";

  @TempDir Path dir;
  private DirectorySource source;

  @BeforeEach
  void fill() throws IOException {
    Files.writeString(dir.resolve("a.flv"), "0123456789");
    Files.setLastModifiedTime(dir.resolve("a.flv"), FileTime.from(NOW.minusSeconds(3600)));
    Files.createFile(dir.resolve("empty.flv"));
    source =
        new DirectorySource(
            new Folder(dir),
            new PlannedAnswer("X-Cache-Status", () -> "BOUNDARY"),
            Clock.fixed(NOW, ZoneOffset.UTC),
            Runnable::run,
            Runnable::run);
  }

  @Test
  void a_file_is_served_whole_with_validators() {
    EdgeResponse answer = ask(Requests.get("/a.flv"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().first("Content-Type")).isEqualTo("video/x-flv");
    assertThat(answer.headers().first("Accept-Ranges")).isEqualTo("bytes");
    assertThat(answer.headers().first("Last-Modified")).isEqualTo(DATE);
    assertThat(answer.headers().first("Date")).isEqualTo("Sun, 22 Nov 2026 12:00:00 GMT");
    assertThat(answer.headers().first("ETag")).startsWith("\"").endsWith("\"");
    assertThat(answer.headers().first("X-Cache-Status")).isEqualTo("BYPASS");
    assertThat(textOf(answer)).isEqualTo("0123456789");
  }

  @Test
  void one_range_is_a_206() {
    EdgeResponse answer = ask(Requests.get("/a.flv", "Range", "bytes=2-4"));

    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.headers().first("Content-Range")).isEqualTo("bytes 2-4/10");
    assertThat(answer.headers().first("Content-Type")).isEqualTo("video/x-flv");
    assertThat(textOf(answer)).isEqualTo("234");
  }

  @Test
  void several_ranges_are_a_multipart_206() {
    EdgeResponse answer = ask(Requests.get("/a.flv", "Range", "bytes=-1,0-1"));

    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.headers().first("Content-Type"))
        .isEqualTo("multipart/byteranges; boundary=BOUNDARY");
    assertThat(answer.headers().first("Content-Range")).isNull();
    assertThat(textOf(answer))
        .isEqualTo(
            """
            --BOUNDARY
            Content-Type: video/x-flv
            Content-Range: bytes 9-9/10

            9
            --BOUNDARY
            Content-Type: video/x-flv
            Content-Range: bytes 0-1/10

            01
            --BOUNDARY--
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void ranges_past_the_end_are_a_416_that_tells_the_length() {
    EdgeResponse answer = ask(Requests.get("/a.flv", "Range", "bytes=10-"));

    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.headers().first("Content-Range")).isEqualTo("bytes */10");
  }

  @Test
  void a_copy_that_is_still_good_is_a_304_with_validators_and_without_a_body() {
    String etag = ask(Requests.head("/a.flv")).headers().first("ETag");

    EdgeResponse answer = ask(Requests.get("/a.flv", "If-None-Match", etag));

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.headers().first("ETag")).isEqualTo(etag);
    assertThat(answer.body()).isSameAs(Body.EMPTY);
    assertThat(ask(Requests.get("/a.flv", "If-Modified-Since", DATE)).status()).isEqualTo(304);
  }

  @Test
  void a_precondition_that_fails_is_a_412() {
    assertThat(ask(Requests.get("/a.flv", "If-Match", "\"other\"")).status()).isEqualTo(412);
  }

  @Test
  void several_lines_of_a_condition_count_as_one() {
    String etag = ask(Requests.head("/a.flv")).headers().first("ETag");

    RoutedRequest request = Requests.get("/a.flv", "If-Match", "\"x\"", "If-Match", etag);

    assertThat(ask(request).status()).isEqualTo(200);
  }

  @Test
  void head_says_the_length_and_ignores_ranges_and_opens_nothing() {
    EdgeResponse answer = ask(Requests.head("/a.flv", "Range", "bytes=0-1"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().first("Content-Length")).isEqualTo("10");
    assertThat(answer.body()).isSameAs(Body.EMPTY);
  }

  @Test
  void an_empty_file_is_a_200_without_bytes() {
    EdgeResponse answer = ask(Requests.get("/empty.flv"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().first("Content-Length")).isEqualTo("0");
    assertThat(textOf(answer)).isEmpty();
  }

  @Test
  void what_is_not_there_is_a_404_that_no_cache_took_part_in() {
    EdgeResponse answer = ask(Requests.get("/none.flv"));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.headers().first("X-Cache-Status")).isNull();
  }

  @Test
  void the_file_is_closed_when_the_response_is_over() {
    EdgeResponse answer = ask(Requests.get("/a.flv"));
    Body.Parts body = (Body.Parts) answer.body();
    Body.InFile piece = (Body.InFile) body.parts().get(0);

    assertThat(piece.file().isOpen()).isTrue();
    body.onDone().run();

    assertThat(piece.file().isOpen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "a.flv, video/x-flv",
    "a.b.FLV, video/x-flv",
    "a.mp4, video/mp4",
    "a.xyz, application/octet-stream",
    "noextension, application/octet-stream",
  })
  void the_type_follows_from_the_extension(String name, String type) {
    assertThat(ContentTypes.of(name)).isEqualTo(type);
  }

  private EdgeResponse ask(RoutedRequest request) {
    return source
        .answer(
            request,
            CanonicalPath.parse(request.request().target()),
            new ManualLoop(),
            VodEvents.NONE)
        .toCompletableFuture()
        .join();
  }

  private static String textOf(EdgeResponse answer) {
    return new String(BodyBytes.of(answer.body()), StandardCharsets.US_ASCII);
  }
}
