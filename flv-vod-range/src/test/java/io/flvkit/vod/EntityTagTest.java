package io.flvkit.vod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

  @ParameterizedTest
  @ValueSource(strings = {"\"xyzzy\"", "W/\"xyzzy\"", "\"\"", "\"a,b\"", "\"W/\"", "\"\u00e9\""})
  void a_tag_is_read_and_written(String text) {
    assertThat(EntityTag.parse(text).orElseThrow()).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "xyzzy",
        "\"a",
        "a\"",
        "w/\"a\"",
        "W/",
        "W/\"",
        "\"a b\"",
        "\"a\"b\"",
        "*"
      })
  void other_text_is_no_tag(String text) {
    assertThat(EntityTag.parse(text)).isEmpty();
  }

  /** The table of RFC 9110, 8.8.3.2. */
  @ParameterizedTest
  @CsvSource({
    "W/\"1\", W/\"1\", false, true",
    "W/\"1\", W/\"2\", false, false",
    "W/\"1\", \"1\",   false, true",
    "\"1\",   \"1\",   true,  true",
  })
  void tags_compare_by_the_table_of_the_rfc(String a, String b, boolean strong, boolean weak) {
    EntityTag left = EntityTag.parse(a).orElseThrow();
    EntityTag right = EntityTag.parse(b).orElseThrow();

    assertThat(left.matchesStrongly(right)).isEqualTo(strong);
    assertThat(right.matchesStrongly(left)).isEqualTo(strong);
    assertThat(left.matchesWeakly(right)).isEqualTo(weak);
  }

  @Test
  void a_list_is_read_with_commas_inside_tags_and_empty_elements() {
    assertThat(EntityTag.parseList(",\"a,b\" ,\tW/\"c\",, \"\""))
        .extracting(EntityTag::toString)
        .containsExactly("\"a,b\"", "W/\"c\"", "\"\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "\"a\" \"b\"", "\"a\",b", "a", "\"a", "\"a\"\"b\"", "\"a\", *"})
  void a_malformed_list_holds_no_tag(String text) {
    assertThat(EntityTag.parseList(text)).isEmpty();
  }

  @Test
  void a_tag_cannot_be_made_of_what_would_break_out_of_the_field() {
    assertThatThrownBy(() -> EntityTag.strong("a\"b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EntityTag.strong("a\r\nb"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
