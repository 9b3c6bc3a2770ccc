package io.flvkit.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The laws of signed links, for every scheme. */
@Domain(TokenArbitraries.class)
@Domain(DomainContext.Global.class)
class SignedLinkProperties {
  private static final Instant EXPIRY = Instant.ofEpochSecond(1_893_456_000);

  @Property(tries = 500)
  void what_is_signed_is_granted_until_it_expires(
      @ForAll Scheme scheme,
      @ForAll CanonicalPath path,
      @ForAll @LongRange(min = 1_500_000_000, max = 4_000_000_000L) long expiry) {
    // One scheme counts minutes and rounds up.
    Instant end = Instant.ofEpochSecond(expiry / 60 * 60);

    String url = signer(scheme).sign("https://cdn.example.com" + path, Grant.until(end));

    Instant last = scheme == Scheme.CDNI_JWT ? end.minusSeconds(1) : end;
    Verdict verdict = verifier(scheme).verify(url, null, last);
    assertThat(verdict).isInstanceOf(Verdict.Granted.class);
    assertThat(((Verdict.Granted) verdict).expiry()).isEqualTo(end);
    assertThat(((Verdict.Granted) verdict).keyId()).isEqualTo("k1");
    assertThat(verifier(scheme).verify(url, null, last.plusSeconds(1)))
        .isEqualTo(new Verdict.Denied(Verdict.Reason.EXPIRED));
  }

  @Property(tries = 300)
  void a_link_without_its_token_is_the_link_that_was_signed(
      @ForAll Scheme scheme, @ForAll CanonicalPath path) {
    String bare = "https://cdn.example.com" + path + "?only_audio=1";

    String url = signer(scheme).sign(bare, Grant.until(EXPIRY));

    assertThat(verifier(scheme).withoutToken(url)).isEqualTo(bare);
    assertThat(verifier(scheme).withoutToken(bare)).isEqualTo(bare);
    assertThat(signer(scheme).sign(url, Grant.until(EXPIRY)).length()).isEqualTo(url.length());
  }

  @Property(tries = 500)
  void another_key_opens_nothing(@ForAll Scheme scheme, @ForAll CanonicalPath path) {
    String url = signer(scheme).sign("https://h" + path, Grant.until(EXPIRY));
    KeyRing others =
        KeyRing.of(
            "k1",
            switch (scheme.name()) {
              case "akamai", "akamai-sha1", "akamai-md5" ->
                  Secret.parse("52a152a152a152a152a152a152a2");
              case "flvkit-ed25519" -> Secret.of(Secret.of(new byte[32]).ed25519PublicKey());
              default -> TestKeys.OTHER;
            });

    Verdict verdict = UrlVerifier.of(scheme, others).verify(url, null, Instant.EPOCH);

    assertThat(verdict).isEqualTo(new Verdict.Denied(Verdict.Reason.BAD_SIGNATURE));
  }

  @Property(tries = 500)
  void the_token_of_one_stream_never_opens_another(
      @ForAll Scheme scheme, @ForAll CanonicalPath mine, @ForAll CanonicalPath other) {
    String url = signer(scheme).sign("https://h" + mine, Grant.until(EXPIRY));
    String moved = url.replace(mine.encoded(), other.encoded());
    boolean sameForScheme = mine.equals(other) || (opensNamesOnly(scheme) && sameName(mine, other));

    Verdict verdict = verifier(scheme).verify(moved, null, Instant.EPOCH);

    assertThat(verdict.isGranted()).isEqualTo(sameForScheme);
  }

  /** These vendors sign the stream's name alone: the directory is the mount's business. */
  private static boolean opensNamesOnly(Scheme scheme) {
    return scheme == Scheme.TENCENT_LIVE
        || scheme == Scheme.TENCENT_LIVE_SHA256
        || scheme == Scheme.WANGSU;
  }

  private static boolean sameName(CanonicalPath a, CanonicalPath b) {
    return a.fileName().equals(b.fileName());
  }

  /** Of the token and the expiry; paths have a law of their own. */
  @Property(tries = 1500)
  void one_changed_character_is_denied_or_another_spelling_of_the_same(
      @ForAll Scheme scheme, @ForAll @IntRange(max = 400) int position, @ForAll char character) {
    String bare = "/live/a.flv";
    String url = signer(scheme).sign(bare, Grant.until(EXPIRY));
    int start = scheme.carriesInPath() ? 0 : bare.length();
    int index = start + position % (url.length() - start);
    String changed = Character.toString(0x21 + character % 0x5E);
    String forged = url.substring(0, index) + changed + url.substring(index + 1);

    boolean granted = verifier(scheme).verify(forged, null, Instant.EPOCH).isGranted();

    assertThat(granted && !isAnotherSpelling(scheme, url, forged, index)).as(forged).isFalse();
  }

  /** Names and hexadecimal digits have two cases; nginx ignores the last bits of a digest. */
  private static boolean isAnotherSpelling(Scheme scheme, String url, String forged, int index) {
    boolean nginx = scheme == Scheme.GCORE || scheme == Scheme.GCORE_VIDEO;
    return url.equalsIgnoreCase(forged) || (nginx && url.startsWith("&expires", index + 1));
  }

  @Property(tries = 1000)
  void garbage_is_denied_and_never_throws(@ForAll Scheme scheme, @ForAll String garbage) {
    Verdict verdict = verifier(scheme).verify(garbage, null, Instant.EPOCH);

    assertThat(verdict.isGranted()).isFalse();
  }

  @Property(tries = 1000)
  void path_tricks_never_reach_another_scope(
      @ForAll Scheme scheme, @ForAll CanonicalPath path, @ForAll @IntRange(max = 32) int trick) {
    String url = signer(scheme).sign(path.encoded(), Grant.until(EXPIRY));
    String forged = url.replace(path.encoded(), TokenArbitraries.tricks(path).get(trick));

    Verdict verdict = verifier(scheme).verify(forged, null, Instant.EPOCH);

    assertThat(verdict).isEqualTo(new Verdict.Denied(Verdict.Reason.MALFORMED));
  }

  @Property(tries = 1000)
  void path_tricks_never_leave_a_tree(
      @ForAll("schemesWithTrees") Scheme scheme,
      @ForAll CanonicalPath path,
      @ForAll @IntRange(max = 32) int trick) {
    Assume.that(scheme != Scheme.AKAMAI || !path.decoded().matches(".*[!*?~].*"));
    Grant tree = Grant.until(EXPIRY).scope(Scope.TREE);
    String url = signer(scheme).sign("https://h" + path, tree);
    String forged = url.replace(path.encoded(), TokenArbitraries.tricks(path).get(trick));

    Verdict verdict = verifier(scheme).verify(forged, null, Instant.EPOCH);

    assertThat(verdict).isEqualTo(new Verdict.Denied(Verdict.Reason.MALFORMED));
  }

  @Provide
  static Arbitrary<Scheme> schemesWithTrees() {
    return Arbitraries.of(
        Scheme.FLVKIT_HMAC,
        Scheme.FLVKIT_ED25519,
        Scheme.BUNNY,
        Scheme.AKAMAI,
        Scheme.CDNI_JWT,
        Scheme.CAT);
  }

  @Property(tries = 300)
  void a_token_parameter_given_twice_is_denied(
      @ForAll Scheme scheme, @ForAll CanonicalPath path, @ForAll boolean before) {
    String url = signer(scheme).sign(path.encoded(), Grant.until(EXPIRY));
    String query = url.substring(url.indexOf('?') + 1);
    for (String name : scheme.parameters()) {
      boolean carried = ("&" + query).contains("&" + name + "=");
      String twice =
          before ? name + "=x&" + query : query + "&" + name.toUpperCase(Locale.ROOT) + "=x";

      Verdict verdict = verifier(scheme).verify(url.replace(query, twice), null, Instant.EPOCH);

      assertThat(carried && verdict.isGranted()).as(twice).isFalse();
    }
  }

  private static UrlSigner signer(Scheme scheme) {
    return UrlSigner.of(scheme, TestKeys.signing(scheme));
  }

  private static UrlVerifier verifier(Scheme scheme) {
    return UrlVerifier.of(scheme, TestKeys.verifying(scheme));
  }
}
