package io.flvkit.token;

import static io.flvkit.token.LinkFormula.Digits.BASE64URL_NGINX;
import static io.flvkit.token.LinkFormula.Digits.HEX;
import static io.flvkit.token.LinkFormula.Hash.MD5;
import static io.flvkit.token.LinkFormula.inQuery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.token.LinkFormula.Time;
import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Reason;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What descriptions of vendors may say, and how the odd corners of links are read. */
class FormulaTest {
  private static final KeyRing KEYS = KeyRing.of("k", Secret.parse("secret"));
  private static final Instant EXPIRY = Instant.ofEpochSecond(1_893_456_000);
  private static final Grant GRANT = Grant.until(EXPIRY);

  @Test
  void literals_may_stand_anywhere() {
    Scheme scheme =
        scheme(inQuery(MD5, "<{key}|{path}>", HEX, Time.DECIMAL, "s={token}", "e={time}"));

    String url = UrlSigner.of(scheme, KEYS).sign("/a.flv", GRANT);

    assertThat(url).isEqualTo("/a.flv?s=" + md5("<secret|/a.flv>") + "&e=1893456000");
  }

  @Test
  void a_link_may_be_good_for_ever() {
    Scheme scheme = scheme(inQuery(MD5, "{key}{stream}", HEX, Time.NEVER, "s={token}"));

    String url = UrlSigner.of(scheme, KEYS).sign("/live/a.flv", GRANT);

    assertThat(url).isEqualTo("/live/a.flv?s=" + md5("secreta"));
    assertThat(UrlVerifier.of(scheme, KEYS).verify(url, null, Instant.MAX).isGranted()).isTrue();
  }

  @Test
  void a_description_hashes_only_what_its_links_carry() {
    for (LinkFormula refused :
        List.of(
            inQuery(MD5, "{key}{user}", HEX, Time.DECIMAL, "s={token}", "e={time}"),
            inQuery(MD5, "{key}{time}", HEX, Time.NEVER, "s={token}"),
            new LinkFormula(
                MD5,
                "{key}{user}",
                HEX,
                Time.HEX_LOWER,
                List.of("s={token}", "e={time}", "u={user}"),
                "/{token}/{time}"))) {
      assertThatThrownBy(() -> scheme(refused)).hasMessageContaining("hashes more");
    }
  }

  @Test
  void a_link_carries_the_token_and_the_time_unless_it_is_good_for_ever() {
    for (LinkFormula refused :
        List.of(
            inQuery(MD5, "{key}", HEX, Time.DECIMAL, "e={time}"),
            inQuery(MD5, "{key}", HEX, Time.DECIMAL, "s={token}"),
            inQuery(MD5, "{key}", HEX, Time.NEVER, "s={token}", "e={time}"),
            new LinkFormula(
                MD5, "{key}", HEX, Time.HEX_LOWER, List.of("s={token}"), "/{token}/{time}"))) {
      assertThatThrownBy(() -> scheme(refused)).hasMessageContaining("carries the token");
    }
  }

  @Test
  void a_description_has_limits() {
    String[] parameters =
        IntStream.rangeClosed(0, 6)
            .mapToObj(i -> i == 0 ? "s={token}" : "p" + i + "={f" + i + "}")
            .toArray(String[]::new);
    String[] same =
        IntStream.rangeClosed(1, 8).mapToObj(i -> "p" + i + "={token}").toArray(String[]::new);

    assertThat(scheme(inQuery(MD5, "{key}", HEX, Time.NEVER, parameters))).isNotNull();
    assertThat(scheme(inQuery(MD5, "{key}", HEX, Time.NEVER, same))).isNotNull();
    for (String[] more : new String[][] {parameters, same}) {
      String[] tooMany = Arrays.copyOf(more, more.length + 1);
      tooMany[more.length] = "last=" + (more == same ? "{token}" : "{last}");
      assertThatThrownBy(() -> scheme(inQuery(MD5, "{key}", HEX, Time.NEVER, tooMany)))
          .hasMessageContaining("more than 8");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "qiniu, /live/, true",
    "gcore, /live/, true",
    "tencent-live, /live/, false",
    "volcengine, /live/, false",
  })
  void a_directory_can_be_opened_by_schemes_that_sign_a_path(
      String name, String directory, boolean can) {
    Scheme scheme = Scheme.named(name).orElseThrow();
    UrlVerifier.Builder builder = UrlVerifier.builder(scheme, KEYS).scope(Scope.DIRECTORY);
    UrlSigner signer = UrlSigner.of(scheme, KEYS);
    Grant grant = GRANT.scope(Scope.DIRECTORY);

    if (can) {
      String url = signer.sign(directory + "a.flv", grant).replace("a.flv", "b.flv");
      assertThat(builder.build().verify(url, null, EXPIRY))
          .isEqualTo(new Verdict.Granted("k", Scope.DIRECTORY, EXPIRY));
      assertThat(builder.build().verify(url.replace("b.flv", "x/b.flv"), null, EXPIRY).isGranted())
          .isFalse();
    } else {
      assertThatThrownBy(builder::build).hasMessageContaining("DIRECTORY");
      assertThatThrownBy(() -> signer.sign(directory + "a.flv", grant))
          .hasMessageContaining("DIRECTORY");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/a.flv, '//asecret1893456000'",
    "/live/a.flv, '/live/asecret1893456000'",
    "/x/y/a.b.flv, '/x/y/a.bsecret1893456000'",
    "/live/a, '/live/asecret1893456000'"
  })
  void app_and_stream_are_read_from_the_path(String path, String signed) {
    String url = UrlSigner.of(Scheme.VOLCENGINE, KEYS).sign(path, GRANT);

    assertThat(url).isEqualTo(path + "?volcSecret=" + md5(signed) + "&volcTime=1893456000");
  }

  @Test
  void a_long_path_and_a_long_key_are_hashed_whole() {
    String path = "/" + "a".repeat(1000) + ".flv";
    KeyRing keys = KeyRing.of("k", Secret.parse("s".repeat(2000)));

    String url = UrlSigner.of(Scheme.QINIU, keys).sign(path, GRANT);

    String time = Long.toHexString(EXPIRY.getEpochSecond());
    assertThat(url).endsWith("?sign=" + md5("s".repeat(2000) + path + time) + "&t=" + time);
    assertThat(UrlVerifier.of(Scheme.QINIU, keys).verify(url, null, EXPIRY).isGranted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2029-12-31T16:00:00Z, 203001010000",
    "2029-12-31T15:59:00Z, 202912312359",
    "2028-02-29T00:00:00Z, 202802290800",
  })
  void a_minute_is_written_in_digits_and_read_again(Instant end, String digits) {
    String url = UrlSigner.of(Scheme.TENCENT_CDN_B, KEYS).sign("/a.flv", Grant.until(end));

    assertThat(url).startsWith("/" + digits + "/");
    assertThat(UrlVerifier.of(Scheme.TENCENT_CDN_B, KEYS).verify(url, null, end).isGranted())
        .isTrue();
  }

  @Test
  void parameters_are_told_apart_by_their_whole_names() {
    Scheme scheme =
        scheme(
            inQuery(MD5, "{key}{path}{u}", HEX, Time.DECIMAL, "az={token}", "e={time}", "u={u}"));
    UrlVerifier verifier = UrlVerifier.of(scheme, KEYS);
    String token = md5("secret/a");
    String good = "/a?az=" + token + "&e=1893456000";

    for (String granted :
        List.of(good, good + "&az1=1", good + "&a=1", "/a?&AZ=" + token + "&E=1893456000&")) {
      assertThat(word(verifier.verify(granted, null, EXPIRY))).as(granted).isEqualTo("granted");
    }
    assertThat(word(verifier.verify("/a?az=" + token, null, EXPIRY))).isEqualTo("missing");
    assertThat(word(verifier.verify("/a?e=1893456000", null, EXPIRY))).isEqualTo("missing");
    for (String malformed :
        List.of(
            good + "&az=1", good + "&e=1", good + "&u=1&u=1", "/a?az&e=1893456000", good + "a")) {
      assertThat(word(verifier.verify(malformed, null, EXPIRY)))
          .as(malformed)
          .isEqualTo("malformed");
    }
    assertThat(word(verifier.verify(good + "&u=1", null, EXPIRY))).isEqualTo("bad-signature");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1893456000", "1893456000-0-0", "1893456000-0"})
  void a_parameter_of_several_fields_has_all_of_them(String value) {
    UrlVerifier verifier = UrlVerifier.of(Scheme.ALIBABA_A, KEYS);

    assertThat(word(verifier.verify("/a.flv?AUTH_KEY=" + value, null, EXPIRY)))
        .isEqualTo("malformed");
    assertThat(word(verifier.verify("/a.flv?auth_key1=" + value, null, EXPIRY)))
        .isEqualTo("missing");
  }

  /** Or the digits would be found where the link before had them. */
  @Test
  void a_hash_outside_its_parameter_is_none() {
    String url = UrlSigner.of(Scheme.ALIBABA_A, KEYS).sign("/a.flv", GRANT);
    UrlVerifier verifier = UrlVerifier.of(Scheme.ALIBABA_A, KEYS);

    assertThat(word(verifier.verify(url, null, EXPIRY))).isEqualTo("granted");
    assertThat(word(verifier.verify(url.replace("-0-0-", "-0-0&"), null, EXPIRY)))
        .isEqualTo("malformed");
  }

  /** What a thread keeps for its links is small at first. */
  @ParameterizedTest
  @CsvSource({
    "keycdn, 1000, 2000",
    "tencent-cdn-d, 1000, 10",
    "gcore, 10, 2000",
    "flvkit-hmac, 1000, 9"
  })
  void the_first_link_of_a_thread_may_be_long(String name, int pathChars, int keyChars)
      throws Exception {
    Scheme scheme = Scheme.named(name).orElseThrow();
    KeyRing keys = KeyRing.of("k", Secret.parse("s".repeat(keyChars)));
    String url = UrlSigner.of(scheme, keys).sign("/" + "a".repeat(pathChars), GRANT);
    FutureTask<Verdict> first =
        new FutureTask<>(() -> UrlVerifier.of(scheme, keys).verify(url, null, EXPIRY));

    new Thread(first).start();

    assertThat(word(first.get(10, TimeUnit.SECONDS))).isEqualTo("granted");
  }

  @Test
  void the_first_link_of_a_thread_may_have_a_long_field() throws Exception {
    String url = "/a.flv?auth_key=1893456000-" + "r".repeat(1000) + "-0-" + "0".repeat(32);
    FutureTask<Verdict> first =
        new FutureTask<>(() -> UrlVerifier.of(Scheme.ALIBABA_A, KEYS).verify(url, null, EXPIRY));

    new Thread(first).start();

    assertThat(word(first.get(10, TimeUnit.SECONDS))).isEqualTo("bad-signature");
  }

  /** Of nginx: at most two equals signs at the end, and unused bits of any value. */
  @ParameterizedTest
  @CsvSource({
    "YPIDA1htcbdv58_w-hlibA, granted",
    "YPIDA1htcbdv58_w-hlibA=, granted",
    "YPIDA1htcbdv58_w-hlibA==, granted",
    "YPIDA1htcbdv58_w-hlibP, granted",
    "YPIDA1htcbdv58_w-hlibA===, malformed",
    "YPIDA1htcbdv58_w-hlib=A, malformed",
    "YPIDA1htcbdv58_w-hlibQ, bad-signature",
    "=YPIDA1htcbdv58_w-hlibA, malformed",
    "YPIDA1htcbdv58_w-hlibé, malformed",
    "YPIDA1htcbdv58_w-hlib%41, malformed",
    "ÙPIDA1htcbdv58_w-hlibA, malformed",
    "YÐIDA1htcbdv58_w-hlibA, malformed",
    "YPÉDA1htcbdv58_w-hlibA, malformed",
    "YPIÄA1htcbdv58_w-hlibA, malformed",
    "řPIDA1htcbdv58_w-hlibA, malformed",
    "YPIDA1htcbdv58/w+hlibA, malformed",
    "YPIDA1htcbdv58_w-hlibAA, malformed",
    "YPIDA1htcbdv58_w-hlib, malformed",
    "'', malformed",
    "=, malformed",
    "==, malformed",
    "A, malformed",
    "AAAAA, malformed",
  })
  void a_gcore_token_is_read_as_nginx_reads_it(String token, String outcome) {
    KeyRing keys = KeyRing.of("k", Secret.parse("secret_key"));
    String url = "/flv/channel1.flv?md5=" + token + "&expires=1893456000";

    assertThat(word(UrlVerifier.of(Scheme.GCORE, keys).verify(url, null, EXPIRY)))
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 64, 86, 87, 128, 130, 1000})
  void a_token_of_another_length_is_malformed(int length) {
    String base64 = "/a.flv?token=" + "A".repeat(length) + "A&expire=1893456000";
    String hex = "/a.flv?sign=" + "0".repeat(length) + "&t=70dbd880";

    assertThat(UrlVerifier.of(Scheme.KEYCDN, KEYS).verify(base64, null, EXPIRY))
        .isEqualTo(new Denied(Reason.MALFORMED));
    assertThat(UrlVerifier.of(Scheme.QINIU, KEYS).verify(hex, null, EXPIRY))
        .isEqualTo(new Denied(Reason.MALFORMED));
  }

  @ParameterizedTest
  @CsvSource({
    "1, expired",
    "0, malformed",
    "00, malformed",
    "-1, malformed",
    "+1, malformed",
    "'', malformed",
    "1x, malformed",
    "1/1, malformed",
    "1:1, malformed",
    "31556889864403199, bad-signature",
    "31556889864403200, malformed",
    "99999999999999999, malformed",
    "100000000000000000, malformed",
    "18446744073709551617, malformed",
  })
  void an_expiry_is_a_positive_number_that_a_clock_can_show(String expires, String outcome) {
    String token = outcome.equals("expired") ? base64(expires + "/a.flv secret") : "A".repeat(22);
    String url = "/a.flv?md5=" + token + "&expires=" + expires;

    assertThat(word(UrlVerifier.of(Scheme.GCORE, KEYS).verify(url, null, EXPIRY)))
        .isEqualTo(outcome);
  }

  @Test
  void a_hash_of_zeros_is_a_hash_and_other_digits_are_none() {
    UrlVerifier verifier = UrlVerifier.of(Scheme.QINIU, KEYS);
    String zeros = "/a.flv?sign=" + "0".repeat(32) + "&t=70dbd880";

    assertThat(verifier.verify(zeros, null, EXPIRY)).isEqualTo(new Denied(Reason.BAD_SIGNATURE));
    for (String other : List.of("\u0130", "\u00b0", "g", "G", "/", ":", "@", "`")) {
      assertThat(verifier.verify(zeros.replaceFirst("=0", "=" + other), null, EXPIRY))
          .isEqualTo(new Denied(Reason.MALFORMED));
    }
  }

  @Test
  void a_file_without_a_name_is_no_stream() {
    assertThatThrownBy(() -> UrlSigner.of(Scheme.WANGSU, KEYS).sign("/live/.flv", GRANT))
        .hasMessageContaining("stream");
  }

  /** U+0130 ends in the byte of the digit zero. */
  @Test
  void a_field_has_one_spelling() {
    String url = UrlSigner.of(Scheme.ALIBABA_A, KEYS).sign("/live/a.flv", GRANT);
    UrlVerifier verifier = UrlVerifier.of(Scheme.ALIBABA_A, KEYS);

    for (String other : List.of("-\u0130-0-", "-\u00b0-0-", "-%30-0-", "-00-0-")) {
      assertThat(verifier.verify(url.replace("-0-0-", other), null, EXPIRY))
          .isEqualTo(new Denied(Reason.BAD_SIGNATURE));
    }
  }

  /** The separators of another parameter are none of this one. */
  @Test
  void a_field_ends_where_its_parameter_ends() {
    String url = "/live/a.flv?auth_key=1893456000-0&x=0-80cd3862d699b7118eed99103f2a3a4f";

    assertThat(UrlVerifier.of(Scheme.ALIBABA_A, KEYS).verify(url, null, EXPIRY))
        .isEqualTo(new Denied(Reason.MALFORMED));
  }

  @Test
  void every_key_of_the_ring_is_tried_and_a_wiped_one_proves_nothing() {
    KeyRing old = KeyRing.of("old", Secret.parse("one"));
    KeyRing both =
        KeyRing.builder().add("new", Secret.parse("two")).add("old", Secret.parse("one")).build();
    String url = UrlSigner.of(Scheme.GCORE, old).sign("/a.flv", GRANT);
    UrlVerifier verifier = UrlVerifier.of(Scheme.GCORE, both);

    assertThat(verifier.verify(url, null, EXPIRY))
        .isEqualTo(new Verdict.Granted("old", Scope.EXACT, EXPIRY));

    both.wipe();

    assertThat(verifier.verify(url, null, EXPIRY).isGranted()).isFalse();
  }

  @Test
  void a_formula_reads_well() {
    assertThat(Scheme.ALIBABA_C.formula())
        .isEqualTo(
            "/{token}/{time}{rawpath} or ?KEY1={token}&KEY2={time}"
                + "  token = HEX MD5 of {key}{rawpath}{time}, time = HEX_UPPER");
    assertThat(inQuery(MD5, "{key}", BASE64URL_NGINX, Time.DECIMAL, "a={token}", "b={time}"))
        .hasToString("?a={token}&b={time}  token = BASE64URL_NGINX MD5 of {key}, time = DECIMAL");
  }

  private static Scheme scheme(LinkFormula formula) {
    return Scheme.of("vendor", formula);
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String md5(String text) {
    return String.format("%032x", new BigInteger(1, digest(text)));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest(text));
  }

  private static String word(Verdict verdict) {
    return verdict instanceof Denied denied ? denied.reason().word() : "granted";
  }
}
