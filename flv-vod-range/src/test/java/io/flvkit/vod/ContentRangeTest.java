package io.flvkit.vod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangeTest {

  @Test
  void a_range_of_a_known_length_is_read() {
    ContentRange read = ContentRange.parse("bytes 0-499/1234").orElseThrow();

    assertThat(read.range()).isEqualTo(new ByteRange(0, 499));
    assertThat(read.completeLength()).hasValue(1234);
  }

  @Test
  void a_range_of_an_unknown_length_is_read() {
    ContentRange read = ContentRange.parse("bytes 42-1233/*").orElseThrow();

    assertThat(read).isEqualTo(new ContentRange(new ByteRange(42, 1233), OptionalLong.empty()));
  }

  @Test
  void an_unsatisfied_range_tells_the_length_only() {
    ContentRange read = ContentRange.parse("Bytes */1234").orElseThrow();

    assertThat(read).isEqualTo(ContentRange.unsatisfied(1234));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 0-499/499",
        "bytes 5-4/100",
        "bytes */*",
        "bytes 0-4",
        "bytes=0-4/5",
        "bytes 0-/5",
        "bytes -4/5",
        "bytes 0-4/",
        "bytes 0-4/x",
        "items 0-4/5",
        "",
        "bytes",
        "bytes ",
        "bytes /",
        "bytes 0-4 /5",
        "bytes 0 - 4/5",
        "bytes 0-4/5/6",
        "bytes 0-4/-5",
        "bytes 0-9223372036854775807/*",
        "bytes 0-4/9223372036854775808",
        "bytes 0-18446744073709551620/*",
        "bytes 0-0/0"
      })
  void a_field_that_is_malformed_or_contradicts_itself_is_not_read(String field) {
    assertThat(ContentRange.parse(field)).isEmpty();
  }

  @Test
  void the_largest_file_has_2_to_the_63_less_one_bytes() {
    String field = "bytes 9223372036854775806-9223372036854775806/9223372036854775807";

    assertThat(ContentRange.parse(field).orElseThrow()).hasToString(field);
  }

  @Test
  void a_range_beyond_the_length_cannot_be_made() {
    assertThatThrownBy(() -> ContentRange.of(new ByteRange(0, 5), 5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
