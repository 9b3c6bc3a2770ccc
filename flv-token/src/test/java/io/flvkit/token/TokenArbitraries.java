package io.flvkit.token;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Schemes, legal paths, queries and garbage. */
class TokenArbitraries extends DomainContextBase {

  /** A decoded path that has a stream name: {@code /a b/ц.flv}. */
  @Provide
  static Arbitrary<CanonicalPath> paths() {
    Arbitrary<String> segment =
        Arbitraries.of(
                "live",
                "a",
                "ab",
                "a b",
                "видео",
                "🎥",
                "x+y",
                "100%",
                "...",
                ".hidden",
                "a;b",
                "q?",
                "h#",
                "A~b",
                "1700000000",
                "%zz")
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(parts -> String.join("-", parts));
    return Combinators.combine(segment.list().ofMinSize(1).ofMaxSize(4), segment)
        .as((folders, file) -> "/" + String.join("/", folders) + "/" + file + ".flv")
        .map(CanonicalPath::ofDecoded);
  }

  @Provide
  static Arbitrary<Scheme> schemes() {
    return Arbitraries.of(Scheme.all());
  }

  /** Anything at all that might stand in a request line, much of it nearly right. */
  @Provide
  static Arbitrary<String> garbage() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "/",
            "?",
            "&",
            "=",
            "%",
            "%2e",
            "%2f",
            "..",
            "md5",
            "expires",
            "token",
            "auth_key",
            "cat",
            "URISigningPackage",
            "__token__",
            "exp=",
            "~hmac=",
            "-",
            "_",
            "0",
            "1893456000",
            "HS256-",
            "AQEB",
            "eyJ9",
            ".",
            "é",
            "\u0000",
            "\uD800",
            "https://h",
            "bcdn_token",
            "55CE8100",
            "201508150800",
            "a37fa50a5fb8f71214b1e7c95ec7a1bd");
    return Arbitraries.oneOf(
        pieces.list().ofMaxSize(24).map(list -> String.join("", list)),
        pieces.list().ofMaxSize(24).map(list -> "/a.flv?" + String.join("", list)),
        Arbitraries.strings().ofMaxLength(64));
  }

  /** What a program that repairs paths might take for something else than we do. */
  static List<String> tricks(CanonicalPath path) {
    String raw = path.encoded();
    return List.of(
        raw + "/../b.flv",
        raw + "/%2e%2e/b.flv",
        raw + "%2f..%2fb.flv",
        raw + "%00.flv",
        raw + "/..;/b.flv",
        "/" + raw,
        raw + "%5c..%5cb.flv",
        raw + "/%252e%252e/b.flv",
        raw + "\\..\\b.flv",
        raw + "/./b.flv",
        raw + "/%2E/b.flv",
        raw + "/.%2e/b.flv",
        raw + "/%2e./b.flv",
        raw + "//b.flv",
        raw + "/..;v=1/b.flv",
        raw + "/%2e%2e;/b.flv",
        raw + "/;/b.flv",
        raw + "%0d%0aX:%20y",
        raw + "%7f",
        raw + "/%c0%ae%c0%ae/b.flv",
        raw + "%ff",
        raw + "%u002e",
        raw + "#/b.flv",
        raw + "/%252fb.flv",
        raw + "/%255c..%255cb.flv",
        raw + "/%25252e%25252e/b.flv",
        raw + "%",
        raw + "%2",
        raw + "/..",
        raw + "/%2e%2e",
        raw + " b.flv",
        raw + "\u0000",
        raw + "\u2025/b.flv");
  }
}
