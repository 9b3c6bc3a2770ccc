package io.flvkit.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flvkit.token.BadPathException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalPathTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "/, /, /",
        "/live/a.flv, /live/a.flv, /live/a.flv",
        "/live/, /live/, /live/",
        "/a%2Eflv, /a.flv, /a.flv",
        "/a+b, /a+b, /a+b",
        "/a%2Bb, /a+b, /a+b",
        "/a%20b, /a b, /a%20b",
        "/%D0%B2%d0%b8, /ви, /%D0%B2%D0%B8",
        "/%F0%9F%8E%A5, /🎥, /%F0%9F%8E%A5",
        "/a%23b%3Fc, /a#b?c, /a%23b%3Fc",
        "/100%25, /100%, /100%25",
        "/100%25zz, /100%zz, /100%25zz",
        "/.hidden/...a/a..b, /.hidden/...a/a..b, /.hidden/...a/a..b",
        "/.../a, /.../a, /.../a",
        "/.a/.a/%41, /.a/.a/A, /.a/.a/A",
        "/a;v=1, /a;v=1, /a%3Bv=1",
        "/a|b[c]^, /a|b[c]^, /a%7Cb%5Bc%5D%5E",
      })
  void a_good_path_has_one_decoded_and_one_encoded_form(
      String raw, String decoded, String encoded) {
    CanonicalPath path = CanonicalPath.parse(raw);

    assertThat(path.decoded()).isEqualTo(decoded);
    assertThat(path.encoded()).isEqualTo(encoded);
    assertThat(CanonicalPath.parse(encoded)).isEqualTo(path).hasToString(encoded);
    assertThat(CanonicalPath.ofDecoded(decoded)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a,NOT_ABSOLUTE",
        "*,NOT_ABSOLUTE",
        "//,EMPTY_SEGMENT",
        "//a,EMPTY_SEGMENT",
        "/a//b,EMPTY_SEGMENT",
        "/a//,EMPTY_SEGMENT",
        "/;x/a,EMPTY_SEGMENT",
        "/a/;x,EMPTY_SEGMENT",
        "/a/%3B,EMPTY_SEGMENT",
        "/.,DOT_SEGMENT",
        "/..,DOT_SEGMENT",
        "/./a,DOT_SEGMENT",
        "/a/../b,DOT_SEGMENT",
        "/a/%2e%2e/b,DOT_SEGMENT",
        "/a/.%2E/b,DOT_SEGMENT",
        "/a/..;x=1/b,DOT_SEGMENT",
        "/a/..%3bx/b,DOT_SEGMENT",
        "/a/.;/b,DOT_SEGMENT",
        "/a/%252e%252e/b,DOUBLE_ENCODING",
        "/a%252fb,DOUBLE_ENCODING",
        "/a%255cb,DOUBLE_ENCODING",
        "/a%2500,DOUBLE_ENCODING",
        "/a%257f,DOUBLE_ENCODING",
        "/a%25252e,DOUBLE_ENCODING",
        "/a%2fb,HIDDEN_SEPARATOR",
        "/a%2Fb,HIDDEN_SEPARATOR",
        "/a%5cb,HIDDEN_SEPARATOR",
        "/a\\b,HIDDEN_SEPARATOR",
        "/a%00,CONTROL",
        "/a%0d%0aX:1,CONTROL",
        "/a%7f,CONTROL",
        "/a\u0001,CONTROL",
        "/a\u007f,CONTROL",
        "/a%C2%85,CONTROL",
        "/a%,BROKEN_ESCAPE",
        "/a%2,BROKEN_ESCAPE",
        "/a%zz,BROKEN_ESCAPE",
        "/a%-1,BROKEN_ESCAPE",
        "/a%u002e,BROKEN_ESCAPE",
        "/a%FF,INVALID_UTF8",
        "/%C0%AE%C0%AE/,INVALID_UTF8",
        "/%E0%80%AF,INVALID_UTF8",
        "/%ED%A0%80,INVALID_UTF8",
        "/%F4%90%80%80,INVALID_UTF8",
        "/%D0,INVALID_UTF8",
        "/a b,ILLEGAL_CHARACTER",
        "/a#b,ILLEGAL_CHARACTER",
        "/a?b,ILLEGAL_CHARACTER",
        "/é,ILLEGAL_CHARACTER",
      })
  void a_path_that_others_could_read_differently_is_refused(String raw, Problem problem) {
    BadPathException refusal =
        catchThrowableOfType(BadPathException.class, () -> CanonicalPath.parse(raw));

    assertThat(refusal.problem()).isEqualTo(problem);
    assertThat(refusal.index()).isBetween(0, raw.length());
  }

  @Test
  void a_refusal_says_where() {
    BadPathException refusal =
        catchThrowableOfType(BadPathException.class, () -> CanonicalPath.parse("/live/../a"));

    assertThat(refusal).hasMessage("DOT_SEGMENT at index 6 of the path");
    assertThat(refusal.getStackTrace()).isEmpty();
  }

  @Test
  void an_empty_or_overlong_path_is_refused() {
    String longest = "/" + "a".repeat(CanonicalPath.MAX_CHARS - 1);

    assertThat(CanonicalPath.parse(longest).decoded()).isEqualTo(longest);
    assertThat(
            catchThrowableOfType(BadPathException.class, () -> CanonicalPath.parse("")).problem())
        .isEqualTo(Problem.NOT_ABSOLUTE);
    assertThat(
            catchThrowableOfType(BadPathException.class, () -> CanonicalPath.parse(longest + "a"))
                .problem())
        .isEqualTo(Problem.TOO_LONG);
  }

  @ParameterizedTest
  @CsvSource({"D800, INVALID_UTF8", "DFFF, INVALID_UTF8", "0080, CONTROL"})
  void an_unpaired_surrogate_is_no_text_nor_is_a_control(String unit, Problem problem) {
    String path = "/a" + (char) Integer.parseInt(unit, 16);

    assertThat(
            catchThrowableOfType(BadPathException.class, () -> CanonicalPath.ofDecoded(path))
                .problem())
        .isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource({"/~a%20b, /~a b", "/a%2520b, /a%20b", "/a%C2%A0b, /a\u00A0b"})
  void what_looks_odd_may_be_harmless(String raw, String decoded) {
    assertThat(CanonicalPath.parse(raw).decoded()).isEqualTo(decoded);
  }

  @Test
  void segments_are_decoded() {
    assertThat(CanonicalPath.parse("/").segments()).isEmpty();
    assertThat(CanonicalPath.parse("/live/a%20b").segments()).containsExactly("live", "a b");
    assertThat(CanonicalPath.parse("/live/a/").segments()).containsExactly("live", "a");
  }

  @Test
  void a_file_knows_its_directory() {
    CanonicalPath file = CanonicalPath.parse("/live/a%20b/c.flv");

    assertThat(file.isDirectory()).isFalse();
    assertThat(file.fileName()).isEqualTo("c.flv");
    assertThat(file.directory()).isEqualTo(CanonicalPath.parse("/live/a%20b/"));
    assertThat(file.directory().encoded()).isEqualTo("/live/a%20b/");
    assertThat(file.directory().isDirectory()).isTrue();
    assertThat(file.directory().directory()).isEqualTo(file.directory());
    assertThat(file.directory().fileName()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/live/a.flv, /live/, /a.flv",
    "/live/a.flv, /live, /a.flv",
    "/live/a.flv, /, /live/a.flv",
    "/live/x%20y/a.flv, /live/x%20y/, /a.flv",
    "/live/, /live/, /",
    "/live/, /live, /",
    "/live, /live, /",
    "/live, /live/, ",
    "/lively/a.flv, /live, ",
    "/live/ab, /live/a, ",
    "/Live/a, /live, ",
  })
  void a_mount_holds_whole_segments_only(String raw, String mount, String rest) {
    CanonicalPath path = CanonicalPath.parse(raw);
    CanonicalPath under = CanonicalPath.parse(mount);

    assertThat(path.startsWith(under)).isEqualTo(rest != null);
    assertThat(path.under(under).map(CanonicalPath::encoded).orElse(null)).isEqualTo(rest);
  }

  @Test
  void equal_paths_are_those_that_decode_to_the_same() {
    CanonicalPath path = CanonicalPath.parse("/a%2Db");

    assertThat(path).isEqualTo(CanonicalPath.parse("/a-b")).isNotEqualTo("/a-b");
    assertThat(path).hasSameHashCodeAs(CanonicalPath.parse("/a-b"));
    assertThat(path).isNotEqualTo(CanonicalPath.parse("/a-c"));
  }
}
