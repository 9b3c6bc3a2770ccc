package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stories over loopback sockets. */
class VodServiceTest {
  private static final int LENGTH = 3_000_000;
  private static final byte[] CONTENT = new byte[LENGTH];
  private static final OriginDeadlines SHORT =
      new OriginDeadlines(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(300));

  @TempDir static Path dir;
  private static VodServer folder;

  @BeforeAll
  static void start() throws IOException {
    new Random(7).nextBytes(CONTENT);
    Files.write(dir.resolve("a.flv"), CONTENT);
    folder = VodServer.ofDirectory(dir);
  }

  @AfterAll
  static void stop() {
    folder.close();
  }

  @Nested
  class A_folder {
    @Test
    void serves_a_file_whole_and_in_ranges() {
      assertThat(folder.get("a.flv").body()).isEqualTo(CONTENT);

      HttpResponse<byte[]> range = folder.get("a.flv", "Range", "bytes=1000000-2999999");
      assertThat(range.statusCode()).isEqualTo(206);
      assertThat(range.headers().firstValue("Content-Length")).hasValue("2000000");
      assertThat(range.body()).isEqualTo(Arrays.copyOfRange(CONTENT, 1_000_000, LENGTH));
    }

    @Test
    void announces_the_exact_length_of_several_ranges() {
      HttpResponse<byte[]> answer = folder.get("a.flv", "Range", "bytes=0-9,100-199,-5");

      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(answer.headers().firstValueAsLong("Content-Length").getAsLong())
          .isEqualTo(answer.body().length);
    }

    @Test
    void answers_head_with_the_length_and_no_body() {
      HttpResponse<byte[]> answer = folder.head("a.flv");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Length")).hasValue("3000000");
      assertThat(answer.body()).isEmpty();
    }

    @Test
    void keeps_the_connection_usable_after_every_kind_of_answer() {
      String etag = folder.head("a.flv").headers().firstValue("ETag").orElseThrow();

      assertThat(folder.get("a.flv", "If-None-Match", etag).statusCode()).isEqualTo(304);
      assertThat(folder.get("a.flv", "If-Match", "\"x\"").statusCode()).isEqualTo(412);
      assertThat(folder.get("a.flv", "Range", "bytes=3000000-").statusCode()).isEqualTo(416);
      assertThat(folder.get("b.flv").statusCode()).isEqualTo(404);
      assertThat(folder.get("a.flv", "Range", "bytes=0-0").body()).hasSize(1);
    }
  }

  @Nested
  class An_origin {
    @Test
    void is_passed_on_whole_and_in_ranges_with_its_validators() {
      try (VodServer edge = VodServer.ofOrigins(folder.url())) {
        HttpResponse<byte[]> whole = edge.get("a.flv");
        String etag = whole.headers().firstValue("ETag").orElseThrow();

        assertThat(whole.body()).isEqualTo(CONTENT);
        assertThat(whole.headers().firstValue("Content-Length")).hasValue("3000000");
        assertThat(edge.get("a.flv", "Range", "bytes=5-9", "If-Range", etag).body())
            .isEqualTo(Arrays.copyOfRange(CONTENT, 5, 10));
        assertThat(edge.get("a.flv", "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(edge.head("a.flv").headers().firstValue("Content-Length")).hasValue("3000000");
        assertThat(edge.get("none.flv").statusCode()).isEqualTo(404);
        assertThat(edge.get("a.flv", "Range", "bytes=-0").headers().firstValue("Content-Range"))
            .hasValue("bytes */3000000");
      }
    }

    @Test
    void that_refuses_connections_is_a_502_and_costs_nothing_when_another_serves() {
      try (VodServer alone = VodServer.ofOrigins(closedPort());
          VodServer both = VodServer.ofOrigins(closedPort(), folder.url())) {

        assertThat(alone.get("a.flv").statusCode()).isEqualTo(502);
        assertThat(both.get("a.flv").body()).isEqualTo(CONTENT);
      }
    }

    @Test
    void that_says_nothing_is_a_504() {
      CountDownLatch done = new CountDownLatch(1);
      try (RawOrigin silent = new RawOrigin(out -> await(done));
          VodServer edge = VodServer.ofOrigins(SHORT, silent.url())) {

        assertThat(edge.get("a.flv").statusCode()).isEqualTo(504);
        done.countDown();
      }
    }

    @Test
    void that_sends_no_http_is_a_502() {
      try (RawOrigin origin = RawOrigin.sending("what?\n\n");
          VodServer edge = VodServer.ofOrigins(SHORT, origin.url())) {

        assertThat(edge.get("a.flv").statusCode()).isEqualTo(502);
      }
    }

    @Test
    void that_closes_early_cuts_the_answer_off() {
      try (RawOrigin origin =
              RawOrigin.sending("HTTP/1.1 200 OK\nContent-Length: 1000\n\nonly this");
          VodServer edge = VodServer.ofOrigins(SHORT, origin.url())) {

        assertThatThrownBy(() -> edge.get("a.flv")).isInstanceOf(UncheckedIOException.class);
      }
    }

    @Test
    void that_breaks_a_chunked_answer_cuts_it_off() {
      try (RawOrigin origin =
              RawOrigin.sending("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n4\nonly\n");
          VodServer edge = VodServer.ofOrigins(SHORT, origin.url())) {

        assertThatThrownBy(() -> edge.get("a.flv")).isInstanceOf(UncheckedIOException.class);
      }
    }

    @Test
    void that_stalls_in_the_middle_cuts_the_answer_off() {
      CountDownLatch done = new CountDownLatch(1);
      try (RawOrigin origin =
              new RawOrigin(
                  out -> {
                    out.write(
                        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"
                            .getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    await(done);
                  });
          VodServer edge = VodServer.ofOrigins(SHORT, origin.url())) {

        assertThatThrownBy(() -> edge.get("a.flv")).isInstanceOf(UncheckedIOException.class);
        done.countDown();
      }
    }

    @Test
    void is_closed_when_the_client_leaves() {
      try (RawOrigin endless = new RawOrigin(VodServiceTest::sendForEver);
          VodServer edge = VodServer.ofOrigins(endless.url())) {
        leaveAfterTheFirstByte(edge.port());

        await(() -> endless.lastFault() != null);
      }
    }

    @Test
    void whose_answer_ends_with_its_connection_is_passed_on_whole() {
      try (RawOrigin origin = RawOrigin.sending("HTTP/1.1 200 OK\n\nall of it");
          VodServer edge = VodServer.ofOrigins(SHORT, origin.url())) {

        assertThat(new String(edge.get("a.flv").body(), StandardCharsets.US_ASCII))
            .isEqualTo("all of it");
      }
    }

    @Test
    void is_asked_once_for_one_request_of_a_client() {
      try (RawOrigin origin = RawOrigin.sending("HTTP/1.1 404 No\nContent-Length: 2\n\nno");
          VodServer edge = VodServer.ofOrigins(SHORT, origin.url())) {
        edge.get("x/a.flv", "Range", "bytes=0-1", "Cookie", "secret");

        assertThat(origin.heads()).hasSize(1);
        assertThat(origin.heads().get(0))
            .startsWith("GET /files/x/a.flv HTTP/1.1\r\n")
            .containsIgnoringCase("range: bytes=0-1\r\n")
            .doesNotContain("secret");
      }
    }
  }

  private static void sendForEver(OutputStream out) throws IOException {
    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    while (true) {
      out.write(new byte[10_000]);
    }
  }

  private static void leaveAfterTheFirstByte(int port) {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET /vod/a.flv HTTP/1.1\r\nHost: x\r\n\r\n";
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(client.getInputStream().read()).isEqualTo('H');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static String closedPort() {
    try (RawOrigin origin = RawOrigin.sending("")) {
      return origin.url();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
