package io.flvkit.vod.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreshnessTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:37Z");
  private static final String NOW_TEXT = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final Duration TTL = Duration.ofHours(24);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60|60",
        "max-age=60, s-maxage=5|5",
        "MAX-AGE=\"60\"|60",
        "public, max-age = 60|60",
        "max-age=1, max-age=9|1",
        "max-age=x|0",
        "max-age=-1|0",
        "max-age=99999999999999999999|10000000000",
        "no-cache, max-age=60|0",
        "public|86400",
      })
  void a_lifetime_is_what_cache_control_says(String control, long seconds) {
    assertThat(of("Cache-Control", control).orElseThrow().lifetime())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void else_what_expires_says_by_the_origins_own_clock() {
    Freshness freshness =
        of("Expires", "Sun, 06 Nov 1994 09:49:37 GMT", "Date", "Sun, 06 Nov 1994 09:48:37 GMT")
            .orElseThrow();

    assertThat(freshness.lifetime()).isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "Sun, 06 Nov 1983 09:49:37 GMT"})
  void an_expires_that_is_past_or_no_date_means_at_once(String expires) {
    assertThat(of("Expires", expires).orElseThrow().isFresh(NOW)).isFalse();
  }

  @Test
  void else_the_configured_one() {
    assertThat(of().orElseThrow().lifetime()).isEqualTo(TTL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control|no-store",
        "Cache-Control|private",
        "Cache-Control|max-age=60, private=\"Set-Cookie\"",
        "Set-Cookie|a=b",
        "Vary|*",
        "Vary|Accept-Encoding, X-Request-Id",
      })
  void some_answers_are_for_one_client_only(String name, String value) {
    assertThat(of(name, value)).isEmpty();
  }

  @Test
  void an_answer_that_varies_by_what_we_always_send_alike_is_for_all() {
    assertThat(of("Vary", "Accept-Encoding, Origin")).isPresent();
  }

  @Test
  void age_is_the_larger_of_what_caches_said_and_what_the_clock_says_and_grows() {
    Freshness told = of("Age", "30", "Date", NOW_TEXT).orElseThrow();
    Freshness apparent = of("Age", "1", "Date", "Sun, 06 Nov 1994 08:48:37 GMT").orElseThrow();

    assertThat(told.age(NOW)).isEqualTo(Duration.ofSeconds(30));
    assertThat(apparent.age(NOW)).isEqualTo(Duration.ofSeconds(60));
    assertThat(told.age(NOW.plusSeconds(5))).isEqualTo(Duration.ofSeconds(35));
    assertThat(told.age(NOW.minusSeconds(5))).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void time_on_the_way_counts_as_age() {
    Freshness slow = Freshness.of(name -> null, NOW.minusSeconds(3), NOW, TTL).orElseThrow();

    assertThat(slow.age(NOW)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void fresh_ends_when_the_lifetime_is_reached() {
    Freshness freshness = of("Cache-Control", "max-age=60", "Age", "50").orElseThrow();

    assertThat(freshness.isFresh(NOW.plusSeconds(9))).isTrue();
    assertThat(freshness.isFresh(NOW.plusSeconds(10))).isFalse();
  }

  @Test
  void stale_may_serve_while_it_is_validated_as_long_as_the_origin_allows() {
    Freshness freshness =
        of("Cache-Control", "max-age=60, stale-while-revalidate=30").orElseThrow();

    assertThat(freshness.servesWhileRevalidated(NOW.plusSeconds(89))).isTrue();
    assertThat(freshness.servesWhileRevalidated(NOW.plusSeconds(90))).isFalse();
  }

  @Test
  void stale_may_serve_on_errors_up_to_the_limit() {
    Freshness freshness = of("Cache-Control", "max-age=60").orElseThrow();

    Duration limit = Duration.ofMinutes(1);
    assertThat(freshness.servesOnError(NOW.plusSeconds(120), limit)).isTrue();
    assertThat(freshness.servesOnError(NOW.plusSeconds(121), limit)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "s-maxage=60", "no-cache"})
  void unless_the_origin_forbids_it(String directive) {
    Freshness freshness =
        of("Cache-Control", "max-age=60, stale-while-revalidate=30, " + directive).orElseThrow();

    assertThat(freshness.servesOnError(NOW.plusSeconds(61), TTL)).isFalse();
    assertThat(freshness.servesWhileRevalidated(NOW.plusSeconds(61))).isFalse();
  }

  private static Optional<Freshness> of(String... namesAndValues) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Freshness.of(fields::get, NOW, NOW, TTL);
  }
}
