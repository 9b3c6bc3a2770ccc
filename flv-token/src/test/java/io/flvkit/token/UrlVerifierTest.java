package io.flvkit.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlVerifierTest {
  private static final Instant EXPIRY = Instant.ofEpochSecond(1_893_456_000);
  private static final Instant BEFORE = EXPIRY.minusSeconds(1);
  private static final KeyRing KEYS = KeyRing.of("k1", TestKeys.PLAIN);

  static List<Scheme> schemes() {
    return Scheme.all();
  }

  /** Those whose letter leaves the second of the expiry and clocks to the edge. */
  static List<Scheme> lenient() {
    return Scheme.all().stream().filter(scheme -> scheme != Scheme.CDNI_JWT).toList();
  }

  private static String url(Scheme scheme, Grant grant) {
    return UrlSigner.of(scheme, TestKeys.signing(scheme)).sign("https://h/live/a.flv", grant);
  }

  private static UrlVerifier.Builder verifier(Scheme scheme) {
    return UrlVerifier.builder(scheme, TestKeys.verifying(scheme));
  }

  @ParameterizedTest
  @MethodSource("lenient")
  void the_second_of_the_expiry_is_good_unless_expiry_is_strict(Scheme scheme) {
    String url = url(scheme, Grant.until(EXPIRY));
    UrlVerifier strict = verifier(scheme).strictExpiry(true).build();

    assertThat(verifier(scheme).build().verify(url, null, EXPIRY.plusMillis(999)).isGranted())
        .isTrue();
    assertThat(strict.verify(url, null, EXPIRY.minusMillis(1)).isGranted()).isTrue();
    assertThat(strict.verify(url, null, EXPIRY)).isEqualTo(new Denied(Reason.EXPIRED));
  }

  @ParameterizedTest
  @MethodSource("lenient")
  void a_clock_may_be_off_by_the_skew(Scheme scheme) {
    String url = url(scheme, Grant.until(EXPIRY));
    UrlVerifier skewed = verifier(scheme).clockSkew(Duration.ofSeconds(30)).build();

    assertThat(skewed.verify(url, null, EXPIRY.plusSeconds(30)).isGranted()).isTrue();
    assertThat(skewed.verify(url, null, EXPIRY.plusSeconds(31)))
        .isEqualTo(new Denied(Reason.EXPIRED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flvkit-hmac", "flvkit-ed25519", "akamai", "cat"})
  void a_link_is_not_good_before_its_start(String name) {
    Scheme scheme = Scheme.named(name).orElseThrow();
    Instant start = EXPIRY.minusSeconds(600);
    String url = url(scheme, Grant.until(EXPIRY).notBefore(start));
    UrlVerifier skewed = verifier(scheme).clockSkew(Duration.ofSeconds(5)).build();

    assertThat(verifier(scheme).build().verify(url, null, start.minusSeconds(1)))
        .isEqualTo(new Denied(Reason.NOT_YET_VALID));
    assertThat(verifier(scheme).build().verify(url, null, start).isGranted()).isTrue();
    assertThat(skewed.verify(url, null, start.minusSeconds(5)).isGranted()).isTrue();
    assertThat(skewed.verify(url, null, start.minusSeconds(6)))
        .isEqualTo(new Denied(Reason.NOT_YET_VALID));
  }

  @Test
  void a_link_may_carry_the_time_of_signing() {
    Duration validity = Duration.ofMinutes(30);
    UrlSigner signer = UrlSigner.of(Scheme.ALIBABA_A, KEYS).validity(validity);
    UrlVerifier verifier = UrlVerifier.builder(Scheme.ALIBABA_A, KEYS).validity(validity).build();

    String url = signer.sign("/live/a.flv", Grant.until(EXPIRY));

    assertThat(url).contains("auth_key=" + EXPIRY.minus(validity).getEpochSecond() + "-0-0-");
    assertThat(verifier.verify(url, null, EXPIRY))
        .isEqualTo(new Verdict.Granted("k1", Scope.EXACT, EXPIRY));
    assertThat(verifier.verify(url, null, EXPIRY.plusSeconds(1)))
        .isEqualTo(new Denied(Reason.EXPIRED));
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void a_link_without_a_token_is_missing_it(Scheme scheme) {
    UrlVerifier verifier = verifier(scheme).build();

    assertThat(verifier.verify("https://h/live/a.flv?x=1&md=5", null, EXPIRY))
        .isEqualTo(new Denied(Reason.MISSING));
    assertThat(verifier.verify(CanonicalPath.parse("/live/a.flv"), null, null, EXPIRY))
        .isEqualTo(new Denied(Reason.MISSING));
  }

  @ParameterizedTest
  @CsvSource({
    "/a.flv?x=1&md5=a&y&EXPIRES=2&, /a.flv?x=1&y",
    "https://h/a.flv?md5=a, https://h/a.flv",
    "/a.flv?md51=a&md=5, /a.flv?md51=a&md=5",
    "/a.flv?md5&expires, /a.flv",
  })
  void a_link_can_do_without_its_token(String url, String bare) {
    assertThat(UrlVerifier.of(Scheme.GCORE, KEYS).withoutToken(url)).isEqualTo(bare);
  }

  @Test
  void some_schemes_carry_the_token_in_the_path() {
    assertThat(Scheme.GCORE.carriesInPath()).isFalse();
    assertThat(Scheme.FLVKIT_HMAC.carriesInPath()).isFalse();
    assertThat(Scheme.TENCENT_CDN_B.carriesInPath()).isTrue();
    assertThat(Scheme.FLVKIT_HMAC.formula()).contains("HMAC-SHA256");
    assertThat(Scheme.FLVKIT_ED25519.formula()).contains("Ed25519");
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void a_server_hands_in_path_and_query(Scheme scheme) {
    Link link = Link.parse(url(scheme, Grant.until(EXPIRY)));
    UrlVerifier verifier = verifier(scheme).build();

    Verdict whole =
        verifier.verify(Link.of(link.path(), link.query()).at("https://h"), null, BEFORE);

    assertThat(whole.isGranted()).isTrue();
    if (scheme != Scheme.CDNI_JWT) {
      assertThat(verifier.verify(link.path(), link.query(), null, BEFORE)).isEqualTo(whole);
    }
    assertThat(verifier.withoutToken(link.path())).isEqualTo(CanonicalPath.parse("/live/a.flv"));
    assertThat(verifier.scheme()).isSameAs(scheme);
  }

  @Test
  void a_query_that_is_no_query_is_malformed() {
    UrlVerifier verifier = UrlVerifier.of(Scheme.GCORE, KEYS);
    CanonicalPath path = CanonicalPath.parse("/a.flv");

    for (String query : List.of("a b", "a#b", "a\nb", "é", "x".repeat(Link.MAX_CHARS + 1))) {
      assertThat(verifier.verify(path, query, null, EXPIRY))
          .isEqualTo(new Denied(Reason.MALFORMED));
    }
    for (String url :
        List.of(
            "",
            "a.flv",
            "https://h",
            "https://h?x=/a",
            "://h/a",
            "/" + "x".repeat(CanonicalPath.MAX_CHARS),
            "/a" + "x".repeat(Link.MAX_CHARS))) {
      assertThat(verifier.verify(url, null, EXPIRY)).isEqualTo(new Denied(Reason.MALFORMED));
    }
  }

  @Test
  void options_have_limits() {
    UrlVerifier.Builder builder = UrlVerifier.builder(Scheme.GCORE, KEYS);

    assertThatThrownBy(() -> builder.clockSkew(Duration.ofSeconds(31)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.clockSkew(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.validity(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Scope.class,
      names = {"TREE", "PATTERN"})
  void a_formula_opens_paths_and_directories_only(Scope scope) {
    assertThatThrownBy(() -> UrlVerifier.builder(Scheme.GCORE, KEYS).scope(scope).build())
        .hasMessageContaining(scope.name());
    assertThatThrownBy(
            () -> UrlVerifier.builder(Scheme.WANGSU, KEYS).scope(Scope.DIRECTORY).build())
        .hasMessageContaining("DIRECTORY");
    assertThatThrownBy(() -> UrlVerifier.builder(Scheme.QINIU, KEYS).bindIp(true).build())
        .hasMessageContaining("address");
  }

  @Test
  void a_bound_formula_needs_to_know_the_client() {
    ClientAddress client = ClientAddress.parse("2001:db8::1");
    String url = url(Scheme.GCORE, Grant.until(EXPIRY).boundTo(client));
    UrlVerifier verifier = verifier(Scheme.GCORE).bindIp(true).build();

    assertThat(verifier.verify(url, client, EXPIRY).isGranted()).isTrue();
    assertThat(verifier.verify(url, null, EXPIRY)).isEqualTo(new Denied(Reason.WRONG_ADDRESS));
  }

  @Test
  void a_directory_is_opened_from_any_file_in_it() {
    String url = url(Scheme.GCORE, Grant.until(EXPIRY).scope(Scope.DIRECTORY));
    UrlVerifier directory = verifier(Scheme.GCORE).scope(Scope.DIRECTORY).build();

    assertThat(directory.verify(url.replace("a.flv", "b.flv"), null, EXPIRY))
        .isEqualTo(new Verdict.Granted("k1", Scope.DIRECTORY, EXPIRY));
    assertThat(directory.verify(url.replace("a.flv", "x/b.flv"), null, EXPIRY).isGranted())
        .isFalse();
    assertThat(directory.verify(url.replace("/live/", "/lively/"), null, EXPIRY).isGranted())
        .isFalse();
    assertThat(verifier(Scheme.GCORE).build().verify(url, null, EXPIRY).isGranted()).isFalse();
  }

  @Test
  void what_a_formula_cannot_say_is_refused_when_signing() {
    Grant grant = Grant.until(EXPIRY);

    for (Grant refused :
        List.of(
            grant.notBefore(EXPIRY),
            grant.scope(Scope.TREE),
            grant.with("uid", "1"),
            grant.boundTo(ClientAddress.parse("1.2.3.4"), 24),
            Grant.until(Instant.EPOCH),
            Grant.until(Instant.ofEpochSecond(-5)))) {
      assertThatThrownBy(() -> url(Scheme.GCORE, refused))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> url(Scheme.ALIBABA_A, grant.with("uid", "a-b")))
        .hasMessageContaining("uid");
    assertThatThrownBy(() -> UrlSigner.of(Scheme.WANGSU, KEYS).sign("/live/", grant))
        .hasMessageContaining("stream");
    assertThatThrownBy(() -> url(Scheme.TENCENT_LIVE, Grant.until(Instant.ofEpochSecond(1L << 33))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> grant.boundTo(ClientAddress.parse("1.2.3.4"), 33))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> grant.boundTo(ClientAddress.parse("1.2.3.4"), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/live/a.flv?auth_key=1893456000-0-0",
        "/live/a.flv?auth_key=189345600x-0-0-80cd3862d699b7118eed99103f2a3a4f",
        "/live/a.flv?auth_key=018934560000-0-0-80cd3862d699b7118eed99103f2a3a4f",
        "/live/a.flv?auth_key=1893456000-0-0-80cd",
        "/live/a.flv?auth_key=1893456000-0-0-80cd3862d699b7118eed99103f2a3a4g",
        "/live/a.flv?auth_key",
        "/live/a.flv?auth_key=",
        "/live/a.flv?auth_key=0000000000-0-0-80cd3862d699b7118eed99103f2a3a4f",
        "/live/a.flv?auth_key=x&auth_key=y"
      })
  void what_is_no_token_is_malformed(String url) {
    assertThat(UrlVerifier.of(Scheme.ALIBABA_A, KEYS).verify(url, null, EXPIRY))
        .isEqualTo(new Denied(Reason.MALFORMED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "201513150800",
        "201500150800",
        "201502290800",
        "201504310800",
        "201508000800",
        "201508152400",
        "201508150860",
        "20150815080x",
        "000000000000"
      })
  void a_minute_that_no_calendar_has_is_no_time(String minute) {
    String url = "/" + minute + "/9044548ef1527deadafa49a890a377f0/a.mp3";

    assertThat(UrlVerifier.of(Scheme.ALIBABA_B, KEYS).verify(url, null, EXPIRY))
        .isEqualTo(new Denied(Reason.MISSING));
  }

  @Test
  void schemes_are_listed_by_name() {
    assertThat(Scheme.all())
        .doesNotHaveDuplicates()
        .allSatisfy(
            scheme -> {
              assertThat(Scheme.named(scheme.name())).containsSame(scheme);
              assertThat(scheme).hasToString(scheme.name());
              assertThat(scheme.formula()).contains("{");
            });
    assertThat(Scheme.named("nobody")).isEmpty();
    assertThat(Scheme.ALIBABA_C.parameters()).containsExactly("KEY1", "KEY2");
    assertThatThrownBy(
            () ->
                Scheme.of(
                    "x",
                    LinkFormula.inQuery(
                        LinkFormula.Hash.MD5,
                        "{key}",
                        LinkFormula.Digits.HEX,
                        LinkFormula.Time.NEVER)))
        .hasMessageContaining("no place");
  }

  @Test
  void a_grant_says_what_it_was_told() {
    ClientAddress client = ClientAddress.parse("1.2.3.4");
    Grant grant =
        Grant.until(EXPIRY)
            .scope(Scope.TREE)
            .notBefore(Instant.EPOCH)
            .boundTo(client, 24)
            .with("a", "b");

    assertThat(grant.expiry()).isEqualTo(EXPIRY);
    assertThat(grant.scope()).isEqualTo(Scope.TREE);
    assertThat(grant.notBefore()).contains(Instant.EPOCH);
    assertThat(grant.address()).contains(client);
    assertThat(grant.prefixBits()).isEqualTo(24);
    assertThat(grant.isBoundToNetwork()).isTrue();
    assertThat(grant.boundTo(client).isBoundToNetwork()).isFalse();
    assertThat(Grant.until(EXPIRY).isBoundToNetwork()).isFalse();
    assertThat(grant.fields()).containsExactly(Map.entry("a", "b"));
  }
}
