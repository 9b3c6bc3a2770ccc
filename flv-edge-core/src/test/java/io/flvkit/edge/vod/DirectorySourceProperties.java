package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.token.CanonicalPath;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.ContentRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class DirectorySourceProperties {
  private static final int LENGTH = 5000;
  private static final byte[] CONTENT = new byte[LENGTH];
  private static Path dir;

  @BeforeContainer
  static void write() throws IOException {
    new Random(1).nextBytes(CONTENT);
    dir = Files.createTempDirectory("flvkit-vod");
    Files.write(dir.resolve("a.flv"), CONTENT);
  }

  @AfterContainer
  static void remove() throws IOException {
    Files.delete(dir.resolve("a.flv"));
    Files.delete(dir);
  }

  @Property(tries = 300)
  void a_range_holds_the_bytes_that_its_content_range_names(
      @ForAll @IntRange(max = LENGTH + 100) int first, @ForAll @IntRange(max = 600) int more) {
    EdgeResponse answer = ask("bytes=" + first + "-" + (first + more));

    if (first >= LENGTH) {
      assertThat(answer.status()).isEqualTo(416);
      return;
    }
    String field = answer.headers().first("Content-Range");
    int last = Math.min(first + more, LENGTH - 1);
    assertThat(field).isEqualTo("bytes " + first + "-" + last + "/" + LENGTH);
    assertThat(BodyBytes.of(answer.body())).isEqualTo(Arrays.copyOfRange(CONTENT, first, last + 1));
  }

  @Property(tries = 300)
  void each_part_of_several_ranges_holds_the_bytes_that_it_names(
      @ForAll @IntRange(max = 2000) int a, @ForAll @IntRange(min = 2100, max = 4000) int b) {
    EdgeResponse answer = ask("bytes=" + b + "-" + (b + 50) + "," + a + "-" + (a + 50) + ",-10");

    String body = new String(BodyBytes.of(answer.body()), StandardCharsets.ISO_8859_1);

    String expected =
        part(b, b + 50) + "\r\n" + part(a, a + 50) + "\r\n" + part(LENGTH - 10, LENGTH - 1);
    assertThat(body).isEqualTo(expected + "\r\n--B--\r\n");
  }

  private static String part(int first, int last) {
    byte[] bytes = Arrays.copyOfRange(CONTENT, first, last + 1);
    return "--B\r\nContent-Type: video/x-flv\r\nContent-Range: "
        + ContentRange.of(new ByteRange(first, last), LENGTH)
        + "\r\n\r\n"
        + new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static EdgeResponse ask(String range) {
    DirectorySource source =
        new DirectorySource(
            new Folder(dir),
            new PlannedAnswer("X-Cache-Status", () -> "B"),
            Clock.systemUTC(),
            Runnable::run,
            Runnable::run);
    return source
        .answer(
            Requests.get("/a.flv", "Range", range),
            CanonicalPath.parse("/a.flv"),
            new ManualLoop(),
            VodEvents.NONE)
        .toCompletableFuture()
        .join();
  }
}
