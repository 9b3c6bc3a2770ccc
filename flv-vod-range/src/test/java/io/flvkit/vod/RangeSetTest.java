package io.flvkit.vod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeSetTest {

  @Nested
  class A_field_that_is_read {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "bytes=0-499          | 0-499",
          "bytes=500-           | 500-999",
          "bytes=-500           | 500-999",
          "bytes=-5000          | 0-999",
          "bytes=0-0            | 0-0",
          "bytes=999-           | 999-999",
          "bytes=0-99999        | 0-999",
          "BYTES=1-2            | 1-2",
          "bytes= 1-2           | 1-2",
          "bytes=0-0,-1         | 0-0 999-999",
          "bytes=,, 1-2 ,,4-5,  | 1-2 4-5",
          "bytes=4-5,1-2        | 4-5 1-2",
          "bytes=1000-,1-2      | 1-2",
          "bytes=-0,1-2         | 1-2",
          "bytes=00007-0008     | 7-8",
        })
    void resolves_against_a_file_of_1000_bytes(String field, String ranges) {
      assertThat(resolve(field, 1000)).isEqualTo(ranges);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "bytes=0-10,5-20         | 0-20",
          "bytes=0-10,11-20        | 0-20",
          "bytes=0-10,12-20        | 0-10 12-20",
          "bytes=12-20,0-10,11-11  | 0-20",
          "bytes=50-60,0-9,61-70   | 50-70 0-9",
          "bytes=0-,0-,0-,0-       | 0-999",
          "bytes=500-,-600,1-1     | 400-999 1-1",
        })
    void is_coalesced_at_the_place_of_the_earliest(String field, String ranges) {
      assertThat(resolve(field, 1000)).isEqualTo(ranges);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=1",
        "bytes=2-1",
        "bytes=1-2-3",
        "bytes=a-b",
        "bytes=+1-2",
        "bytes=1 -2",
        "bytes=--1",
        "bytes=1-2;3-4",
        "bytes=1-2,x",
        "bytes=\u0661-",
        "bytes =1-2",
        "lines=1-2",
        "",
        "bytes:1-2",
        "bytes=0-1, bytes=2-3",
        "bytes=0x1-0x2"
      })
  void a_field_that_is_no_range_set_of_bytes_is_ignored(String field) {
    assertThat(RangeSet.parse(field)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=1000-",
        "bytes=1000-2000",
        "bytes=-0",
        "bytes=5000-,-0",
        "bytes=9223372036854775807-",
        "bytes=9223372036854775808-",
        "bytes=0-9223372036854775808",
        "bytes=-99999999999999999999999999999999",
        "bytes=0-1,18446744073709551616-"
      })
  void nothing_is_left_of_ranges_past_the_end_or_beyond_2_to_the_63(String field) {
    assertThat(resolve(field, 1000)).isEmpty();
  }

  @Test
  void the_largest_numbers_do_not_overflow() {
    assertThat(resolve("bytes=9223372036854775806-9223372036854775807", Long.MAX_VALUE))
        .isEqualTo("9223372036854775806-9223372036854775806");
    assertThat(resolve("bytes=-9223372036854775807", Long.MAX_VALUE))
        .isEqualTo("0-9223372036854775806");
    assertThat(resolve("bytes=0-5,9223372036854775806-,6-9223372036854775805", Long.MAX_VALUE))
        .isEqualTo("0-9223372036854775806");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=5-9                 | bytes=5-9",
        "BYTES= 5- , ,             | bytes=5-",
        "bytes=0-9,5-14,15-20      | bytes=0-20",
        "bytes=50-60,0-,0-         | bytes=0-",
        "bytes=-5,0-1,-9,-0        | bytes=-9,0-1",
        "bytes=0-1,-5              | bytes=0-1,-5",
        "bytes=7-9223372036854775807 | bytes=7-",
      })
  void is_normalized_without_a_length(String field, String normalized) {
    assertThat(RangeSet.parse(field).orElseThrow().normalized()).contains(normalized);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=-0", "bytes=0-9223372036854775808", "bytes=9223372036854775807-"})
  void nothing_remains_of_what_no_file_has(String field) {
    assertThat(RangeSet.parse(field).orElseThrow().normalized()).isEmpty();
  }

  @Nested
  class Limits {
    @Test
    void eight_ranges_are_served_and_nine_are_not() {
      assertThat(resolve(separateRanges(8), 1000).split(" ")).hasSize(8);
      assertThat(resolve(separateRanges(9), 1000)).isEmpty();
      assertThat(RangeSet.parse(separateRanges(8)).orElseThrow().normalized()).isPresent();
      assertThat(RangeSet.parse(separateRanges(9)).orElseThrow().normalized()).isEmpty();
    }

    @Test
    void a_thousand_ranges_that_coalesce_to_one_are_served() {
      String field = "bytes=" + "0-0,".repeat(1000);

      assertThat(resolve(field, 1000)).isEqualTo("0-0");
    }

    @Test
    void a_field_longer_than_the_limit_resolves_to_nothing() {
      String longest = "bytes=0-0" + ",".repeat(RangeSet.MAX_HEADER_CHARS - 9);

      assertThat(resolve(longest, 1000)).isEqualTo("0-0");
      assertThat(resolve(longest + ",", 1000)).isEmpty();
    }

    private String separateRanges(int count) {
      return IntStream.range(0, count)
          .mapToObj(n -> 10 * n + "-" + (10 * n + 1))
          .collect(Collectors.joining(",", "bytes=", ""));
    }
  }

  private static String resolve(String field, long length) {
    return RangeSet.parse(field).orElseThrow().resolve(length).stream()
        .map(ByteRange::toString)
        .collect(Collectors.joining(" "));
  }
}
