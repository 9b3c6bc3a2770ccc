package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.edge.OriginConfig;
import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.VodSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CachedSourceTest {
  private static final int SLICE = 4096;
  private static final int LENGTH = 10 * SLICE - 100;

  @TempDir Path dir;
  private final FileOrigin origin = new FileOrigin(LENGTH);
  private final ManualClock clock = new ManualClock();
  private final List<AutoCloseable> opened = new ArrayList<>(List.of(origin));

  @AfterEach
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  private VodServer edge(String... urls) {
    VodCacheConfig config =
        new VodCacheConfig(dir, 1 << 20, SLICE, Duration.ofHours(24), Duration.ofHours(1), LENGTH);
    VodServer edge =
        VodServer.cached(config, clock, urls.length == 0 ? new String[] {origin.url()} : urls);
    opened.add(edge);
    return edge;
  }

  @Nested
  class A_file {
    @Test
    void is_fetched_slice_by_slice_and_then_comes_from_the_cache() {
      VodServer edge = edge();

      HttpResponse<byte[]> first = edge.get("a.flv");
      awaitStored(edge, 10);
      HttpResponse<byte[]> second = edge.get("a.flv");

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(first.body()).isEqualTo(origin.content());
      assertThat(status(first)).isEqualTo("MISS");
      assertThat(second.body()).isEqualTo(origin.content());
      assertThat(status(second)).isEqualTo("HIT");
      assertThat(header(second, "ETag")).isEqualTo("\"v1\"");
      assertThat(header(second, "Accept-Ranges")).isEqualTo("bytes");
      assertThat(header(second, "Cache-Status")).isEqualTo("flvkit; hit; ttl=86400");
      assertThat(origin.asked()).hasSize(10).allMatch(asked -> asked.startsWith("GET bytes="));
      assertThat(origin.sent()).isEqualTo(LENGTH);
    }

    @Test
    void begins_to_arrive_before_its_first_slice_is_complete() throws Exception {
      origin.hold();
      VodServer edge = edge();

      CompletableFuture<HttpResponse<byte[]>> head = async(() -> edge.head("a.flv"));
      HttpResponse<byte[]> answer = head.get();

      assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(LENGTH));
      assertThat(status(answer)).isEqualTo("MISS");
    }

    @Test
    void is_found_again_after_a_restart() {
      VodServer before = edge();
      before.get("a.flv");
      awaitStored(before, 10);
      before.close();
      opened.remove(before);

      HttpResponse<byte[]> after = edge().get("a.flv");

      assertThat(after.body()).isEqualTo(origin.content());
      assertThat(status(after)).isEqualTo("HIT");
    }

    @Test
    void that_is_not_there_is_asked_for_each_time() {
      origin.status(404);
      VodServer edge = edge();

      HttpResponse<byte[]> first = edge.get("a.flv");
      edge.get("a.flv");

      assertThat(first.statusCode()).isEqualTo(404);
      assertThat(status(first)).isEqualTo("MISS");
      assertThat(origin.asked()).hasSize(2);
      assertThat(edge.figures().files()).isZero();
    }

    @Test
    void of_no_bytes_passes() {
      FileOrigin empty = new FileOrigin(0);
      opened.add(empty);

      HttpResponse<byte[]> answer = edge(empty.url()).get("a.flv");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
      assertThat(status(answer)).isEqualTo("BYPASS");
    }
  }

  @Nested
  class A_range {
    @ParameterizedTest
    @CsvSource({
      "bytes=0-0, 0, 1",
      "bytes=5000-9000, 5000, 9001",
      "bytes=4096-8191, 4096, 8192",
      "bytes=40000-, 40000, 40860",
      "bytes=-300, 40560, 40860",
      "bytes=40859-99999, 40859, 40860",
    })
    void costs_the_origin_its_own_bytes_and_two_slices_at_most(String range, int from, int to) {
      VodServer edge = edge();

      HttpResponse<byte[]> answer = edge.get("a.flv", "Range", range);

      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(answer.body()).isEqualTo(origin.content(from, to));
      assertThat(header(answer, "Content-Range"))
          .isEqualTo("bytes " + from + "-" + (to - 1) + "/" + LENGTH);
      assertThat(origin.sent()).isLessThanOrEqualTo(to - from + 2L * SLICE);
    }

    @Test
    void with_a_condition_costs_no_more() {
      VodServer edge = edge();
      int border = 5 * SLICE;

      HttpResponse<byte[]> answer =
          edge.get("a.flv", "Range", "bytes=" + (border - 1) + "-" + border, "If-Range", "\"v1\"");

      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(answer.body()).isEqualTo(origin.content(border - 1, border + 1));
      assertThat(origin.sent()).isLessThanOrEqualTo(2 + 2 * SLICE);
    }

    @Test
    void of_several_parts_is_framed() {
      HttpResponse<byte[]> answer = edge().get("a.flv", "Range", "bytes=0-9,8000-8009");

      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(header(answer, "Content-Type")).startsWith("multipart/byteranges; boundary=");
      assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1))
          .contains("Content-Range: bytes 0-9/" + LENGTH)
          .contains(new String(origin.content(8000, 8010), StandardCharsets.ISO_8859_1));
    }

    @Test
    void past_the_end_is_refused_with_the_length_also_of_a_file_not_known_before() {
      VodServer edge = edge();

      HttpResponse<byte[]> cold = edge.get("a.flv", "Range", "bytes=99999-");
      HttpResponse<byte[]> warm = edge.get("a.flv", "Range", "bytes=99999-");

      assertThat(List.of(cold.statusCode(), warm.statusCode())).containsExactly(416, 416);
      assertThat(header(cold, "Content-Range")).isEqualTo("bytes */" + LENGTH);
      assertThat(status(warm)).isEqualTo("HIT");
    }

    @Test
    void is_a_hit_only_if_all_of_it_was_there() {
      VodServer edge = edge();
      edge.get("a.flv", "Range", "bytes=0-99");
      awaitStored(edge, 1);

      HttpResponse<byte[]> inside = edge.get("a.flv", "Range", "bytes=100-199");
      HttpResponse<byte[]> across = edge.get("a.flv", "Range", "bytes=4000-5000");

      assertThat(status(inside)).isEqualTo("HIT");
      assertThat(status(across)).isEqualTo("MISS");
      assertThat(across.body()).isEqualTo(origin.content(4000, 5001));
    }

    @Test
    void counts_only_if_its_condition_names_this_version() {
      VodServer edge = edge();

      HttpResponse<byte[]> same = edge.get("a.flv", "Range", "bytes=0-9", "If-Range", "\"v1\"");
      HttpResponse<byte[]> other = edge.get("a.flv", "Range", "bytes=0-9", "If-Range", "\"v0\"");

      assertThat(same.statusCode()).isEqualTo(206);
      assertThat(other.statusCode()).isEqualTo(200);
      assertThat(other.body()).isEqualTo(origin.content());
    }

    @Test
    void is_not_sent_of_a_version_that_the_client_has() {
      HttpResponse<byte[]> answer = edge().get("a.flv", "If-None-Match", "\"v1\"");

      assertThat(answer.statusCode()).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
    }
  }

  @Nested
  class Many_clients {
    @Test
    void make_one_request_of_a_file_that_nobody_had() {
      origin.hold();
      VodServer edge = edge();
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(async(() -> edge.get("a.flv", "Range", "bytes=0-4095")));
      }
      await(() -> origin.asked().size() == 1);

      origin.open();
      answers.forEach(CompletableFuture::join);

      assertThat(origin.asked()).containsExactly("GET bytes=0-4095");
      assertThat(answers)
          .allMatch(answer -> Arrays.equals(answer.join().body(), origin.content(0, 4096)));
    }

    @Test
    void make_one_request_to_find_out_whether_it_is_still_good() {
      origin.field("Cache-Control", "max-age=60");
      VodServer edge = edge();
      edge.get("a.flv");
      awaitStored(edge, 10);
      clock.advance(Duration.ofSeconds(61));
      int before = origin.asked().size();

      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(async(() -> edge.get("a.flv")));
      }
      answers.forEach(CompletableFuture::join);

      assertThat(origin.asked()).hasSize(before + 1);
      assertThat(answers).extracting(answer -> status(answer.join())).contains("REVALIDATED");
    }
  }

  @Nested
  class A_file_that_is_not_fresh {
    @Test
    void is_good_again_when_the_origin_says_so() {
      origin.field("Cache-Control", "max-age=60");
      VodServer edge = edge();
      edge.get("a.flv");
      awaitStored(edge, 10);
      clock.advance(Duration.ofSeconds(61));

      HttpResponse<byte[]> validated = edge.get("a.flv");
      HttpResponse<byte[]> again = edge.get("a.flv");

      assertThat(status(validated)).isEqualTo("REVALIDATED");
      assertThat(validated.body()).isEqualTo(origin.content());
      assertThat(status(again)).isEqualTo("HIT");
      assertThat(origin.asked()).last().isEqualTo("GET bytes=0-4095 unless \"v1\"");
    }

    @Test
    void grows_old_in_the_answer() {
      origin.field("Cache-Control", "max-age=60");
      origin.field("Age", "7");
      VodServer edge = edge();
      edge.get("a.flv");
      awaitStored(edge, 10);
      clock.advance(Duration.ofSeconds(20));

      assertThat(header(edge.get("a.flv"), "Age")).isEqualTo("27");
    }

    @Test
    void is_replaced_when_it_changed() {
      origin.field("Cache-Control", "max-age=60");
      VodServer edge = edge();
      edge.get("a.flv");
      awaitStored(edge, 10);
      clock.advance(Duration.ofSeconds(61));
      origin.change("\"v2\"");

      HttpResponse<byte[]> answer = edge.get("a.flv");

      assertThat(status(answer)).isEqualTo("EXPIRED");
      assertThat(header(answer, "ETag")).isEqualTo("\"v2\"");
      assertThat(answer.body()).isEqualTo(origin.content());
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 504})
    void is_served_stale_while_the_origin_is_down_up_to_the_limit(int failure) {
      origin.field("Cache-Control", "max-age=60");
      VodServer edge = edge();
      edge.get("a.flv");
      awaitStored(edge, 10);
      origin.status(failure);
      clock.advance(Duration.ofSeconds(61));

      HttpResponse<byte[]> within = edge.get("a.flv");
      clock.advance(Duration.ofHours(1));
      HttpResponse<byte[]> beyond = edge.get("a.flv");

      assertThat(status(within)).isEqualTo("STALE");
      assertThat(within.body()).isEqualTo(origin.content());
      assertThat(beyond.statusCode()).isEqualTo(failure);
    }

    @Test
    void is_not_served_stale_when_the_origin_forbids_it() {
      origin.field("Cache-Control", "max-age=60, must-revalidate");
      VodServer edge = edge();
      edge.get("a.flv");
      awaitStored(edge, 10);
      origin.status(500);
      clock.advance(Duration.ofSeconds(61));

      assertThat(edge.get("a.flv").statusCode()).isEqualTo(500);
    }

    @Test
    void is_served_at_once_while_it_is_validated_where_the_origin_allows_it() {
      origin.field("Cache-Control", "max-age=60, stale-while-revalidate=60");
      VodServer edge = edge();
      edge.get("a.flv");
      awaitStored(edge, 10);
      clock.advance(Duration.ofSeconds(61));

      HttpResponse<byte[]> answer = edge.get("a.flv");

      assertThat(status(answer)).isEqualTo("UPDATING");
      await(() -> status(edge.get("a.flv")).equals("HIT"));
    }

    @Test
    void that_is_gone_is_forgotten() {
      origin.field("Cache-Control", "max-age=60");
      VodServer edge = edge();
      edge.get("a.flv");
      awaitStored(edge, 10);
      origin.status(404);
      clock.advance(Duration.ofSeconds(61));

      assertThat(edge.get("a.flv").statusCode()).isEqualTo(404);
      await(() -> edge.figures().slices() == 0);
    }
  }

  @Nested
  class An_answer_for_one_client_only {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "Cache-Control|no-store",
          "Cache-Control|private, max-age=60",
          "Set-Cookie|a=b",
          "Vary|*"
        })
    void passes_and_leaves_nothing(String name, String value) {
      origin.field(name, value);
      VodServer edge = edge();

      HttpResponse<byte[]> first = edge.get("a.flv", "Range", "bytes=10-19");
      HttpResponse<byte[]> second = edge.get("a.flv");

      assertThat(status(first)).isEqualTo("BYPASS");
      assertThat(first.body()).isEqualTo(origin.content(10, 20));
      assertThat(first.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(second.body()).isEqualTo(origin.content());
      assertThat(edge.figures().files()).isZero();
      assertThat(origin.asked()).hasSize(3);
    }
  }

  @Nested
  class An_origin {
    @Test
    void that_knows_no_ranges_sends_the_file_once_and_it_is_kept() {
      origin.knowsRanges(false);
      VodServer edge = edge();

      HttpResponse<byte[]> first = edge.get("a.flv", "Range", "bytes=5000-9000");
      awaitStored(edge, 10);
      HttpResponse<byte[]> second = edge.get("a.flv");

      assertThat(first.statusCode()).isEqualTo(206);
      assertThat(first.body()).isEqualTo(origin.content(5000, 9001));
      assertThat(status(second)).isEqualTo("HIT");
      assertThat(second.body()).isEqualTo(origin.content());
      assertThat(origin.asked()).hasSize(1);
    }

    @Test
    void that_knows_no_ranges_gets_no_more_than_a_quarter_of_the_cache_for_a_file() {
      origin.knowsRanges(false);
      VodCacheConfig narrow =
          new VodCacheConfig(
              dir, 3L * LENGTH, SLICE, Duration.ofHours(24), Duration.ofHours(1), LENGTH);
      VodServer edge = VodServer.cached(narrow, clock, origin.url());
      opened.add(edge);

      HttpResponse<byte[]> answer = edge.get("a.flv");

      assertThat(answer.body()).isEqualTo(origin.content());
      assertThat(status(answer)).isEqualTo("BYPASS");
    }

    @Test
    void that_knows_no_ranges_and_has_a_large_file_is_passed_on() {
      FileOrigin large = new FileOrigin(LENGTH + 1);
      opened.add(large);
      large.knowsRanges(false);
      VodServer edge = edge(large.url());

      HttpResponse<byte[]> answer = edge.get("a.flv");

      assertThat(answer.body()).isEqualTo(large.content());
      assertThat(status(answer)).isEqualTo("BYPASS");
      assertThat(edge.figures().files()).isZero();
    }

    @Test
    void without_validators_sends_the_file_as_one() {
      origin.etag(null);
      VodServer edge = edge();

      HttpResponse<byte[]> first = edge.get("a.flv");
      awaitStored(edge, 10);
      HttpResponse<byte[]> second = edge.get("a.flv", "Range", "bytes=-10");

      assertThat(first.body()).isEqualTo(origin.content());
      assertThat(status(second)).isEqualTo("HIT");
      assertThat(second.body()).isEqualTo(origin.content(LENGTH - 10, LENGTH));
      assertThat(origin.asked()).containsExactly("GET bytes=0-4095", "GET");
    }

    @Test
    void that_breaks_off_is_asked_for_the_rest() {
      VodServer edge = edge();
      origin.cutAfter(1000);

      HttpResponse<byte[]> answer = edge.get("a.flv", "Range", "bytes=0-4095");

      assertThat(answer.body()).isEqualTo(origin.content(0, 4096));
      assertThat(origin.asked()).containsExactly("GET bytes=0-4095", "GET bytes=1000-4095");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 0-4094/40860", "bytes 1-4096/40860", "bytes 0-4095/*", "x"})
    void that_says_it_sends_something_else_is_not_believed(String lie) {
      origin.contentRange(lie);
      FileOrigin other = new FileOrigin(LENGTH);
      opened.add(other);

      HttpResponse<byte[]> answer = edge(origin.url(), other.url()).get("a.flv");

      assertThat(answer.body()).isEqualTo(other.content());
      assertThat(origin.asked()).hasSize(1);
    }

    @Test
    void that_is_down_is_followed_by_the_next() {
      origin.status(503);
      FileOrigin other = new FileOrigin(LENGTH);
      opened.add(other);
      VodServer edge = edge(origin.url(), other.url());

      HttpResponse<byte[]> answer = edge.get("a.flv");

      assertThat(answer.body()).isEqualTo(other.content());
      assertThat(origin.asked()).hasSize(1);
    }

    @Test
    void that_is_the_only_one_and_down_makes_it_502() {
      assertThat(edge("http://127.0.0.1:1/").get("a.flv").statusCode()).isEqualTo(502);
    }
  }

  @Nested
  class A_redirect {
    private final FileOrigin store = new FileOrigin(LENGTH);

    @BeforeEach
    void sendEverybodyThere() {
      opened.add(store);
      origin.redirectsTo(store.url() + "b.flv?signature=x");
    }

    @Test
    void to_another_origin_of_the_mount_is_followed_and_the_file_kept() {
      VodServer edge = edge(origin.url(), store.url());

      HttpResponse<byte[]> first = edge.get("a.flv");
      awaitStored(edge, 10);
      HttpResponse<byte[]> second = edge.get("a.flv");

      assertThat(first.body()).isEqualTo(store.content());
      assertThat(second.body()).isEqualTo(store.content());
      assertThat(status(second)).isEqualTo("HIT");
    }

    @Test
    void to_a_host_that_is_not_configured_is_not_followed() {
      HttpResponse<byte[]> answer = edge(origin.url()).get("a.flv");

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(store.asked()).isEmpty();
    }

    @Test
    void to_a_host_that_is_configured_takes_no_secret_of_the_origin_there() {
      URI there = URI.create(store.url());
      OriginConfig configured =
          new OriginConfig(
              URI.create(origin.url()),
              "files.example",
              Map.of("Authorization", "Bearer secret", "X-Api-Key", "secret"),
              List.of());
      VodServer edge =
          VodServer.of(
              new VodSource.Http(
                  List.of(configured), List.of(there.getHost() + ":" + there.getPort())));
      opened.add(edge);

      HttpResponse<byte[]> answer = edge.get("a.flv", "Range", "bytes=5-9");

      assertThat(answer.body()).isEqualTo(store.content(5, 10));
      assertThat(origin.hosts()).containsExactly("files.example");
      assertThat(origin.keys()).containsExactly("Bearer secret");
      assertThat(store.hosts()).containsExactly(there.getHost() + ":" + there.getPort());
      assertThat(store.keys()).containsExactly("null");
      assertThat(origin.apiKeys()).containsExactly("secret");
      assertThat(store.apiKeys()).containsExactly("null");
    }
  }

  @Nested
  class A_change_of_the_file {
    @Test
    void between_two_slices_is_never_mixed_and_the_answer_begins_anew() {
      VodServer edge = edge();
      edge.get("a.flv", "Range", "bytes=0-99");
      awaitStored(edge, 1);
      origin.change("\"v2\"");

      HttpResponse<byte[]> answer = edge.get("a.flv", "Range", "bytes=8192-8291");
      HttpResponse<byte[]> whole = edge.get("a.flv");

      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(header(answer, "ETag")).isEqualTo("\"v2\"");
      assertThat(answer.body()).isEqualTo(origin.content(8192, 8292));
      assertThat(whole.body()).isEqualTo(origin.content());
    }

    @Test
    void during_an_answer_cuts_it_off() {
      VodServer edge = edge();
      edge.get("a.flv", "Range", "bytes=0-99");
      awaitStored(edge, 1);
      origin.change("\"v2\"");

      assertThatThrownBy(() -> edge.get("a.flv")).hasRootCauseInstanceOf(IOException.class);
      assertThat(edge.get("a.flv").body()).isEqualTo(origin.content());
    }
  }

  @Nested
  class A_disk {
    @Test
    void that_takes_nothing_keeps_nobody_from_the_file() throws IOException {
      VodServer edge = edge();
      for (int i = 0; i < 256; i++) {
        Files.createFile(dir.resolve("%02x".formatted(i)));
      }

      HttpResponse<byte[]> first = edge.get("a.flv");
      HttpResponse<byte[]> second = edge.get("a.flv");

      assertThat(first.body()).isEqualTo(origin.content());
      assertThat(second.body()).isEqualTo(origin.content());
      assertThat(status(second)).isEqualTo("MISS");
    }

    @Test
    void that_changed_a_byte_does_not_get_it_to_a_client() throws IOException {
      VodServer before = edge();
      before.get("a.flv");
      awaitStored(before, 10);
      before.close();
      opened.remove(before);
      try (Stream<Path> files = Files.walk(dir)) {
        for (Path file : files.filter(name -> name.toString().endsWith(".slice")).toList()) {
          byte[] bytes = Files.readAllBytes(file);
          bytes[bytes.length - 1] ^= 1;
          Files.write(file, bytes);
        }
      }

      assertThat(edge().get("a.flv").body()).isEqualTo(origin.content());
    }
  }

  private static String status(HttpResponse<byte[]> answer) {
    return header(answer, "X-Cache-Status");
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  private static void awaitStored(VodServer edge, int slices) {
    await(() -> edge.figures().slices() == slices && edge.figures().fillBytes() == 0);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private CompletableFuture<HttpResponse<byte[]>> async(Supplier<HttpResponse<byte[]>> request) {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    opened.add(thread::shutdownNow);
    return CompletableFuture.supplyAsync(request, thread);
  }
}
