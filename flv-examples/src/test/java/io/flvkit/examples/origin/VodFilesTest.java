package io.flvkit.examples.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.examples.RawHttp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class VodFilesTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final byte[] bytes = new byte[300_000];
  private TestOrigin origin;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    new Random(1).nextBytes(bytes);
    Path served = Files.createDirectory(folder.resolve("served"));
    Files.createDirectory(served.resolve("sub"));
    Files.write(served.resolve("sub/a b.flv"), bytes);
    Files.write(served.resolve("empty.bin"), new byte[0]);
    Files.write(served.resolve(".hidden"), bytes);
    Files.write(folder.resolve("secret.flv"), bytes);
    Files.createSymbolicLink(served.resolve("link.flv"), folder.resolve("secret.flv"));
    origin = TestOrigin.start(OriginOptions.builder().vodDirectory(served).build());
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  @Test
  void a_file_comes_whole_with_its_validators() throws Exception {
    HttpResponse<byte[]> response = get("/vod/sub/a%20b.flv");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(bytes);
    assertThat(response.headers().firstValue("content-type")).hasValue("video/x-flv");
    assertThat(response.headers().firstValue("accept-ranges")).hasValue("bytes");
    assertThat(response.headers().firstValue("etag")).hasValueSatisfying(this::isStrong);
    assertThat(response.headers().firstValue("last-modified")).isPresent();
    assertThat(get("/vod/empty.bin").body()).isEmpty();
  }

  @Test
  void a_range_comes_alone() throws Exception {
    HttpResponse<byte[]> middle = get("/vod/sub/a%20b.flv", "Range", "bytes=1000-1999");
    HttpResponse<byte[]> tail = get("/vod/sub/a%20b.flv", "Range", "bytes=-10");

    assertThat(middle.statusCode()).isEqualTo(206);
    assertThat(middle.headers().firstValue("content-range")).hasValue("bytes 1000-1999/300000");
    assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(bytes, 1000, 2000));
    assertThat(tail.body()).isEqualTo(Arrays.copyOfRange(bytes, 299_990, 300_000));
  }

  @Test
  void several_ranges_come_as_parts_of_exactly_the_length_announced() throws Exception {
    HttpResponse<byte[]> parts = get("/vod/sub/a%20b.flv", "Range", "bytes=0-9,1000-1009");

    assertThat(parts.statusCode()).isEqualTo(206);
    assertThat(parts.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("multipart/byteranges; boundary="));
    assertThat(parts.headers().firstValueAsLong("content-length")).hasValue(parts.body().length);
  }

  @Test
  void a_range_beyond_the_end_is_416_and_an_unchanged_file_304() throws Exception {
    String etag = get("/vod/sub/a%20b.flv").headers().firstValue("etag").orElseThrow();

    HttpResponse<byte[]> beyond = get("/vod/sub/a%20b.flv", "Range", "bytes=300000-");
    HttpResponse<byte[]> same = get("/vod/sub/a%20b.flv", "If-None-Match", etag);

    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("content-range")).hasValue("bytes */300000");
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.headers().firstValue("etag")).hasValue(etag);
  }

  @Test
  void one_connection_takes_many_requests() throws Exception {
    try (RawHttp client = RawHttp.open(origin.address())) {
      for (int round = 0; round < 3; round++) {
        client.send("GET /vod/sub/a%20b.flv HTTP/1.1\r\nHost: a\r\nRange: bytes=5-8\r\n\r\n");

        assertThat(client.readHead()).startsWith("HTTP/1.1 206 ");
        assertThat(client.read(4)).isEqualTo(Arrays.copyOfRange(bytes, 5, 9));
      }
    }
  }

  @Test
  void what_is_hidden_or_outside_or_a_folder_is_not_there() throws Exception {
    assertThat(get("/vod/.hidden").statusCode()).isEqualTo(404);
    assertThat(get("/vod/link.flv").statusCode()).isEqualTo(404);
    assertThat(get("/vod/sub").statusCode()).isEqualTo(404);
    assertThat(get("/vod/sub/").statusCode()).isEqualTo(404);
    assertThat(get("/vod/none.flv").statusCode()).isEqualTo(404);
    assertThat(RawHttp.get(origin.address(), "/vod/../secret.flv")).startsWith("HTTP/1.1 400 ");
  }

  private void isStrong(String etag) {
    assertThat(etag).startsWith("\"").endsWith("\"");
  }

  private HttpResponse<byte[]> get(String path, String... header) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin.uri(path).toString()));
    if (header.length > 0) {
      request.headers(header);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }
}
