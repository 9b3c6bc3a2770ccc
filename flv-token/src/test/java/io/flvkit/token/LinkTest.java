package io.flvkit.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flvkit.token.BadPathException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTest {

  @ParameterizedTest
  @CsvSource({
    "https://h:8443/live/%61.flv?x=1&y, https://h:8443, /live/a.flv, x=1&y",
    "https://h/a, https://h, /a, ''",
    "/a?, '', /a, ''",
    "/a?b?c, '', /a, b?c",
    "/a?u=https://h/b, '', /a, u=https://h/b",
  })
  void a_link_has_an_origin_a_path_and_a_query(
      String url, String origin, String path, String query) {
    Link link = Link.parse(url);

    assertThat(link.origin()).isEqualTo(origin);
    assertThat(link.path()).isEqualTo(CanonicalPath.parse(path));
    assertThat(link.query()).isEqualTo(query);
    assertThat(link).hasToString(origin + path + (query.isEmpty() ? "" : "?" + query));
  }

  @ParameterizedTest
  @CsvSource({
    "'https:// h/a', ILLEGAL_CHARACTER",
    "'https://h\t/a', CONTROL",
    "'https://h\u007f/a', CONTROL",
    "'/a?b c', ILLEGAL_CHARACTER",
    "'/a?b#c', ILLEGAL_CHARACTER",
    "/a?é, ILLEGAL_CHARACTER",
    "'/a?\n', CONTROL",
    "https://h, NOT_ABSOLUTE",
    "https://h?/a, NOT_ABSOLUTE",
    "://h/a, NOT_ABSOLUTE",
    "h/a, NOT_ABSOLUTE",
    "?x://h/a, NOT_ABSOLUTE",
    "x:y://h/a, NOT_ABSOLUTE",
  })
  void what_is_no_url_is_refused(String url, Problem problem) {
    BadPathException refusal = catchThrowableOfType(BadPathException.class, () -> Link.parse(url));

    assertThat(refusal.problem()).isEqualTo(problem);
  }

  /** The array that a thread reads links from holds the rest of the one before. */
  @ParameterizedTest
  @ValueSource(strings = {"", "x:/"})
  void a_link_ends_where_its_text_ends(String url) {
    assertThat(Link.parse("/aa/b").path().decoded()).isEqualTo("/aa/b");

    assertThatThrownBy(() -> Link.parse(url)).isInstanceOf(BadPathException.class);
  }

  @Test
  void a_link_has_a_longest_length() {
    String query = "a".repeat(Link.MAX_CHARS);
    CanonicalPath path = CanonicalPath.parse("/a");

    assertThat(Link.of(path, query).query()).isEqualTo(query);
    assertThat(Link.parse("/a?" + query.substring(3)).toString()).hasSize(Link.MAX_CHARS);
    assertThatThrownBy(() -> Link.of(path, query + "a")).isInstanceOf(BadPathException.class);
    assertThatThrownBy(() -> Link.parse("/a?" + query.substring(2)))
        .isInstanceOf(BadPathException.class);
  }

  @Test
  void a_request_is_put_at_its_origin() {
    Link link = Link.of(CanonicalPath.parse("/a"), "x=1").at("http://h");

    assertThat(link).hasToString("http://h/a?x=1");
    assertThat(link.origin()).isEqualTo("http://h");
    assertThat(Link.of(CanonicalPath.parse("/a"), null)).hasToString("/a");
  }

  /** Or the path of a forged {@code Host} would stand where the real one belongs. */
  @ParameterizedTest
  @ValueSource(strings = {"http://h/x", "http://h/x?", "http://h?", "http://h/", "h", "http:", "/"})
  void an_origin_is_a_scheme_and_an_authority(String origin) {
    Link link = Link.of(CanonicalPath.parse("/a"), "x=1");

    assertThatThrownBy(() -> link.at(origin)).isInstanceOf(BadPathException.class);
  }
}
