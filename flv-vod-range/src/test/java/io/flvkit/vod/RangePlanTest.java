package io.flvkit.vod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.vod.RangePlan.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangePlanTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant MODIFIED = Instant.parse("2026-11-01T00:00:00Z");
  private static final String THEN = "Sun, 01 Nov 2026 00:00:00 GMT";
  private static final String BEFORE = "Sat, 31 Oct 2026 23:59:59 GMT";
  private static final String LATER = "Sun, 01 Nov 2026 00:00:01 GMT";
  private static final Representation FILE =
      new Representation(100, EntityTag.strong("v1"), MODIFIED);

  @Nested
  class Ranges {
    @Test
    void no_range_gives_the_whole_file() {
      assertThat(plan("GET")).isEqualTo(new RangePlan.Full(100));
    }

    @Test
    void one_range_gives_a_206_with_its_content_range() {
      RangePlan.Single plan = (RangePlan.Single) plan("GET", "Range", "bytes=10-19");

      assertThat(plan.status()).isEqualTo(206);
      assertThat(plan.range().length()).isEqualTo(10);
      assertThat(plan.contentRange()).hasToString("bytes 10-19/100");
    }

    @Test
    void two_ranges_give_a_multipart_206() {
      RangePlan.Multipart plan = (RangePlan.Multipart) plan("GET", "Range", "bytes=50-,0-9");

      assertThat(plan.status()).isEqualTo(206);
      assertThat(plan.ranges()).containsExactly(new ByteRange(50, 99), new ByteRange(0, 9));
    }

    @Test
    void ranges_that_coalesce_give_a_plain_206() {
      assertThat(plan("GET", "Range", "bytes=0-9,10-19"))
          .isEqualTo(new RangePlan.Single(new ByteRange(0, 19), 100));
    }

    @Test
    void a_range_past_the_end_gives_a_416_with_the_length() {
      RangePlan.Unsatisfiable plan = (RangePlan.Unsatisfiable) plan("GET", "Range", "bytes=100-");

      assertThat(plan.status()).isEqualTo(416);
      assertThat(plan.contentRange()).hasToString("bytes */100");
    }

    @Test
    void head_has_no_ranges() {
      assertThat(plan("HEAD", "Range", "bytes=100-")).isEqualTo(new RangePlan.Full(100));
    }

    @Test
    void a_malformed_range_is_ignored() {
      assertThat(plan("GET", "Range", "bytes=9-1")).isEqualTo(new RangePlan.Full(100));
    }

    @ParameterizedTest
    @CsvSource({"bytes=-1, FULL", "bytes=0-, UNSATISFIABLE", "bytes=-0, UNSATISFIABLE"})
    void an_empty_file_has_a_tail_but_no_first_byte(String range, Kind kind) {
      Representation empty = Representation.ofLength(0);

      assertThat(RangePlan.of(RangeRequest.get(range), empty, NOW).kind()).isEqualTo(kind);
    }

    @Test
    void a_multipart_body_whose_length_nobody_could_announce_is_unsatisfiable() {
      Representation huge = Representation.ofLength(Long.MAX_VALUE);

      assertThat(RangePlan.of(RangeRequest.get("bytes=0-0,2-"), huge, NOW).status()).isEqualTo(416);
      assertThat(RangePlan.of(RangeRequest.get("bytes=0-"), huge, NOW).status()).isEqualTo(206);
    }
  }

  @Nested
  class Conditions {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        value = {
          "If-Match            | \"v1\"            | FULL",
          "If-Match            | \"v0\", \"v1\"    | FULL",
          "If-Match            | *                 | FULL",
          "If-Match            | \"v0\"            | PRECONDITION_FAILED",
          "If-Match            | W/\"v1\"          | PRECONDITION_FAILED",
          "If-Match            | v1                | PRECONDITION_FAILED",
          "If-None-Match       | \"v1\"            | NOT_MODIFIED",
          "If-None-Match       | W/\"v1\"          | NOT_MODIFIED",
          "If-None-Match       | \"v0\",W/\"v1\"   | NOT_MODIFIED",
          "If-None-Match       | *                 | NOT_MODIFIED",
          "If-None-Match       | \"v0\"            | FULL",
          "If-None-Match       | v1                | FULL",
          "If-Modified-Since   | " + BEFORE + "    | FULL",
          "If-Modified-Since   | " + THEN + "      | NOT_MODIFIED",
          "If-Modified-Since   | " + LATER + "     | NOT_MODIFIED",
          "If-Modified-Since   | yesterday         | FULL",
          "If-Unmodified-Since | " + BEFORE + "    | PRECONDITION_FAILED",
          "If-Unmodified-Since | " + THEN + "      | FULL",
          "If-Unmodified-Since | " + LATER + "     | FULL",
          "If-Unmodified-Since | yesterday         | FULL",
        })
    void one_alone_decides_for_get_and_head(String field, String value, Kind kind) {
      assertThat(plan("GET", field, value).kind()).isEqualTo(kind);
      assertThat(plan("HEAD", field, value).kind()).isEqualTo(kind);
    }

    @Test
    void if_match_outranks_if_unmodified_since() {
      assertThat(plan("GET", "If-Match", "\"v1\"", "If-Unmodified-Since", BEFORE).status())
          .isEqualTo(200);
    }

    @Test
    void if_none_match_outranks_if_modified_since() {
      assertThat(plan("GET", "If-None-Match", "\"v0\"", "If-Modified-Since", THEN).status())
          .isEqualTo(200);
    }

    @Test
    void a_failed_precondition_outranks_a_good_copy() {
      assertThat(plan("GET", "If-Match", "\"v0\"", "If-None-Match", "\"v1\"").status())
          .isEqualTo(412);
      assertThat(plan("GET", "If-Unmodified-Since", BEFORE, "If-None-Match", "\"v1\"").status())
          .isEqualTo(412);
    }

    @Test
    void a_good_copy_outranks_any_range() {
      assertThat(plan("GET", "If-None-Match", "\"v1\"", "Range", "bytes=500-").status())
          .isEqualTo(304);
    }

    @Test
    void conditions_that_hold_leave_the_range_alone() {
      assertThat(plan("GET", "If-Match", "\"v1\"", "Range", "bytes=0-9").status()).isEqualTo(206);
    }

    @Test
    void a_file_without_validators_fails_if_match_and_ignores_dates() {
      Representation bare = Representation.ofLength(100);

      assertThat(planOf(bare, "If-Match", "\"v1\"").status()).isEqualTo(412);
      assertThat(planOf(bare, "If-Match", "*").status()).isEqualTo(200);
      assertThat(planOf(bare, "If-None-Match", "*").status()).isEqualTo(304);
      assertThat(planOf(bare, "If-None-Match", "\"v1\"").status()).isEqualTo(200);
      assertThat(planOf(bare, "If-Unmodified-Since", BEFORE).status()).isEqualTo(200);
      assertThat(planOf(bare, "If-Modified-Since", LATER).status()).isEqualTo(200);
    }

    @Test
    void a_fraction_of_a_second_does_not_make_the_file_newer_than_its_last_modified() {
      Instant fraction = MODIFIED.plusMillis(700);

      assertThat(
              planOf(new Representation(100, null, fraction), "If-Modified-Since", THEN).status())
          .isEqualTo(304);
    }
  }

  @Nested
  class If_range {
    @ParameterizedTest
    @ValueSource(strings = {"\"v1\"", THEN, "Sunday, 01-Nov-26 00:00:00 GMT"})
    void that_names_these_bytes_lets_the_range_count(String validator) {
      assertThat(plan("GET", "If-Range", validator, "Range", "bytes=0-9").status()).isEqualTo(206);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"v0\"", "W/\"v1\"", BEFORE, LATER, "v1", "", "*", "\"v1\", \"v0\""})
    void that_names_others_gives_the_whole_file(String validator) {
      assertThat(plan("GET", "If-Range", validator, "Range", "bytes=500-").status()).isEqualTo(200);
    }

    @Test
    void with_a_weak_tag_never_holds() {
      Representation weak = new Representation(100, new EntityTag("v1", true), null);

      assertThat(planOf(weak, "If-Range", "W/\"v1\"", "Range", "bytes=0-9").status())
          .isEqualTo(200);
    }

    @Test
    void with_the_date_of_a_file_that_may_still_change_within_its_second_does_not_hold() {
      Representation young = new Representation(100, null, NOW);
      Representation older = new Representation(100, null, NOW.minusMillis(1000));

      assertThat(planOf(young, "If-Range", "Sun, 22 Nov 2026 12:00:00 GMT", "Range", "bytes=0-9"))
          .isEqualTo(new RangePlan.Full(100));
      assertThat(planOf(older, "If-Range", "Sun, 22 Nov 2026 11:59:59 GMT", "Range", "bytes=0-9"))
          .isEqualTo(new RangePlan.Single(new ByteRange(0, 9), 100));
    }

    @Test
    void without_range_is_ignored() {
      assertThat(plan("GET", "If-Range", "\"v0\"").status()).isEqualTo(200);
    }

    @Test
    void on_a_file_without_validators_gives_the_whole_file() {
      Representation bare = Representation.ofLength(100);

      assertThat(planOf(bare, "If-Range", "\"v1\"", "Range", "bytes=0-9").status()).isEqualTo(200);
      assertThat(planOf(bare, "If-Range", THEN, "Range", "bytes=0-9").status()).isEqualTo(200);
    }
  }

  @Test
  void other_methods_are_not_planned() {
    assertThatThrownBy(() -> plan("POST")).isInstanceOf(IllegalArgumentException.class);
  }

  private static RangePlan plan(String method, String... fields) {
    return RangePlan.of(RangeRequest.of(method, fieldsOf(fields)::get), FILE, NOW);
  }

  private static RangePlan planOf(Representation file, String... fields) {
    return RangePlan.of(RangeRequest.of("GET", fieldsOf(fields)::get), file, NOW);
  }

  private static Map<String, String> fieldsOf(String... fields) {
    Map<String, String> map = new HashMap<>();
    for (List<String> rest = List.of(fields);
        !rest.isEmpty();
        rest = rest.subList(2, rest.size())) {
      map.put(rest.get(0), rest.get(1));
    }
    return map;
  }
}
