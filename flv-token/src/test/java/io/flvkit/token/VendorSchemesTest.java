package io.flvkit.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Reason;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Akamai and Bunny sign besides a path. */
class VendorSchemesTest {
  private static final Instant EXPIRY = Instant.ofEpochSecond(1_893_456_000);
  private static final Grant GRANT = Grant.until(EXPIRY);
  private static final ClientAddress CLIENT = ClientAddress.parse("203.0.113.77");

  @Nested
  class Akamai {
    private static final KeyRing KEYS =
        KeyRing.of("k1", Secret.parse("52a152a152a152a152a152a152a1"));
    private final UrlSigner signer = UrlSigner.of(Scheme.AKAMAI, KEYS);
    private final UrlVerifier verifier = UrlVerifier.of(Scheme.AKAMAI, KEYS);

    @ParameterizedTest
    @CsvSource({
      "/live/*, /live/a/b.flv, granted",
      "/live/*, /live/, granted",
      "/live/*, /live, out-of-scope",
      "/vod/*!/live/?.flv, /live/a.flv, granted",
      "/vod/*!/live/?.flv, /live/ab.flv, out-of-scope",
      "/*.flv, /x/y.flv, granted",
      "/*.flv, /x/y.flv2, out-of-scope",
      "*.flv, /x/y.flv, granted",
      "/*a*b*c, /xaxbxc, granted",
      "/*a*b*c, /xaxcxb, out-of-scope",
      "/live/a.flv, /live/a.flv, granted",
      "/live/a.flv**, /live/a.flv, granted",
      "/live/a.flv?, /live/a.flv, out-of-scope",
    })
    void patterns_open_what_they_match(String acl, String path, String outcome) {
      String url = signer.sign(path, GRANT.with("acl", acl));

      assertThat(word(verifier.verify(url, null, EXPIRY))).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"acl, /live/*", "id, s1"})
    void a_mac_of_another_key_is_a_bad_signature(String field, String value) {
      KeyRing others = KeyRing.of("k1", Secret.parse("00".repeat(14)));
      String forged = UrlSigner.of(Scheme.AKAMAI, others).sign("/live/a", GRANT.with(field, value));

      assertThat(verifier.verify(forged, null, EXPIRY)).isEqualTo(new Denied(Reason.BAD_SIGNATURE));
    }

    @Test
    void letters_digits_and_some_marks_are_not_escaped() {
      Grant early = GRANT.with("acl", "/azAZ09-._*").with("escape", "early");

      assertThat(signer.sign("/a.flv", early)).contains("~acl=%2fazAZ09-._*~hmac=");
    }

    /** A key longer than a block of the hash, which is hashed itself. */
    @Test
    void a_key_in_text_is_its_digits() {
      KeyRing text = KeyRing.of("k1", Secret.parse("52a1".repeat(20)));
      KeyRing bytes = KeyRing.of("k1", Secret.parse("hex:" + "52a1".repeat(20)));
      String url = UrlSigner.of(Scheme.AKAMAI, text).sign("/live/a.flv", GRANT);

      assertThat(UrlVerifier.of(Scheme.AKAMAI, bytes).verify(url, null, EXPIRY).isGranted())
          .isTrue();
    }

    @Test
    void a_tree_is_a_pattern() {
      String url = signer.sign("/live/cam/a.flv", GRANT.scope(Scope.TREE));

      assertThat(url).contains("~acl=/live/cam/*~");
      assertThat(verifier.verify(url, null, EXPIRY))
          .isEqualTo(new Verdict.Granted("k1", Scope.PATTERN, EXPIRY));
      assertThat(
              UrlVerifier.builder(Scheme.AKAMAI, KEYS)
                  .scope(Scope.TREE)
                  .build()
                  .verify(url, null, EXPIRY))
          .isEqualTo(new Denied(Reason.OUT_OF_SCOPE));
    }

    @ParameterizedTest
    @CsvSource({"/видео x/a.flv, ''", "/видео x/a.flv, early", "/a%20b/100%25/x.flv, ''"})
    void a_tree_may_have_any_name(String path, String escape) {
      String encoded = path.contains("%") ? path : CanonicalPath.ofDecoded(path).encoded();
      Grant tree = GRANT.scope(Scope.TREE).with("escape", escape);
      String url = signer.sign(encoded, tree);
      String below = url.replaceFirst("/[a-z]+\\.flv", "/deep/b.flv");

      assertThat(verifier.verify(below, null, EXPIRY).isGranted()).isTrue();
      assertThat(verifier.verify(url.replace(encoded, "/b.flv"), null, EXPIRY))
          .isEqualTo(new Denied(Reason.OUT_OF_SCOPE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a!b/x.flv", "/a*/x.flv", "/a~b/x.flv", "/a%3Fb/x.flv"})
    void a_tree_whose_name_is_a_pattern_is_not_signed(String path) {
      assertThatThrownBy(() -> signer.sign(path, GRANT.scope(Scope.TREE)))
          .hasMessageContaining("pattern");
    }

    @Test
    void the_other_parameter_name_is_read_too_but_not_both() {
      String url = signer.sign("/live/a.flv", GRANT.with("name", "hdnts"));

      assertThat(url).contains("?hdnts=exp=");
      assertThat(verifier.verify(url, null, EXPIRY).isGranted()).isTrue();
      assertThat(verifier.verify(url.replace("?", "?&"), null, EXPIRY).isGranted()).isTrue();
      assertThat(verifier.verify(url + "&__token__=x", null, EXPIRY))
          .isEqualTo(new Denied(Reason.MALFORMED));
    }

    @Test
    void a_salt_has_to_be_known() {
      String url = signer.sign("/live/a.flv", GRANT.with("salt", "pepper"));

      assertThat(verifier.verify(url, null, EXPIRY)).isEqualTo(new Denied(Reason.BAD_SIGNATURE));
      assertThat(
              UrlVerifier.builder(Scheme.AKAMAI, KEYS)
                  .salt("pepper")
                  .build()
                  .verify(url, null, EXPIRY)
                  .isGranted())
          .isTrue();
    }

    @ParameterizedTest
    @CsvSource({", 203.0.113.77, granted", "early, 2001:db8::1, granted"})
    void an_address_binds(@Nullable String escape, String ip, String outcome) {
      ClientAddress client = ClientAddress.parse(ip);
      Grant bound = GRANT.boundTo(client);
      String url =
          signer.sign("/live/a.flv", escape == null ? bound : bound.with("escape", escape));
      UrlVerifier insisting = UrlVerifier.builder(Scheme.AKAMAI, KEYS).bindIp(true).build();

      assertThat(word(insisting.verify(url, client, EXPIRY))).isEqualTo(outcome);
      assertThat(verifier.verify(url, ClientAddress.parse("203.0.113.78"), EXPIRY))
          .isEqualTo(new Denied(Reason.WRONG_ADDRESS));
      assertThat(verifier.verify(url, null, EXPIRY)).isEqualTo(new Denied(Reason.WRONG_ADDRESS));
      assertThat(insisting.verify(signer.sign("/live/a.flv", GRANT), client, EXPIRY))
          .isEqualTo(new Denied(Reason.WRONG_ADDRESS));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "", "exp=1893456000", "~hmac=00", "exp=1893456000~hmac=00", "exp=1893456000~hmac=zz",
          "hmac=", "exp~hmac=", "foo=1~exp=1893456000~hmac=", "exp=1893456000~st=1~hmac=",
              "exp=1893456000~exp=1893456000~hmac=",
          "st=x~exp=1893456000~hmac=", "exp=x~hmac=", "ip=1.2.3.4~hmac=",
              "exp=99999999999999999999~hmac="
        })
    void what_is_no_token_is_malformed(String token) {
      String whole = token.endsWith("hmac=") ? token + "0".repeat(64) : token;

      assertThat(verifier.verify("/a.flv?__token__=" + whole, null, EXPIRY))
          .isEqualTo(new Denied(Reason.MALFORMED));
    }

    @Test
    void what_the_scheme_cannot_say_is_refused_when_signing() {
      for (Grant refused :
          List.of(
              GRANT.scope(Scope.DIRECTORY),
              GRANT.with("uid", "1"),
              GRANT.with("id", "a b"),
              GRANT.with("id", "a~b"),
              GRANT.with("data", "a&b"),
              GRANT.boundTo(CLIENT, 24))) {
        assertThatThrownBy(() -> signer.sign("/a.flv", refused))
            .isInstanceOf(IllegalArgumentException.class);
      }
      for (String key : List.of("text", "52a")) {
        assertThatThrownBy(() -> UrlVerifier.of(Scheme.AKAMAI, KeyRing.of("k", Secret.parse(key))))
            .hasMessageContaining("hexadecimal");
      }
      assertThat(UrlVerifier.of(Scheme.AKAMAI, KeyRing.of("k", Secret.parse("hex:52a1"))))
          .isNotNull();
    }

    /** Signed by the key's holder, but no text: %zz. */
    @Test
    void an_acl_that_cannot_be_decoded_opens_nothing() throws GeneralSecurityException {
      String signed = "exp=1893456000~acl=%zz";
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(HexFormat.of().parseHex("52a1".repeat(7)), "HmacSHA256"));
      String hmac = HexFormat.of().formatHex(mac.doFinal(signed.getBytes(US_ASCII)));

      assertThat(verifier.verify("/a.flv?__token__=" + signed + "~hmac=" + hmac, null, EXPIRY))
          .isEqualTo(new Denied(Reason.OUT_OF_SCOPE));
    }
  }

  @Nested
  class Bunny {
    private static final KeyRing KEYS = KeyRing.of("k1", Secret.parse("SecurityKey"));
    private final UrlSigner signer = UrlSigner.of(Scheme.BUNNY, KEYS);
    private final UrlVerifier verifier = UrlVerifier.of(Scheme.BUNNY, KEYS);

    @Test
    void further_parameters_are_signed_unless_told_otherwise() {
      String strict = signer.sign("/a.flv?only_audio=1", GRANT);
      String loose = signer.sign("/a.flv?only_audio=1", GRANT.with("token_ignore_params", "true"));

      assertThat(verifier.verify(strict, null, EXPIRY).isGranted()).isTrue();
      assertThat(verifier.verify(strict.replace("audio=1", "audio=0"), null, EXPIRY).isGranted())
          .isFalse();
      assertThat(verifier.verify(strict + "&x=1", null, EXPIRY).isGranted()).isFalse();
      assertThat(verifier.verify(loose + "&x=1", null, EXPIRY).isGranted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
      "/live/cam/x/b.flv, granted",
      "/live/camera/b.flv, out-of-scope",
      "/vod/b.flv, out-of-scope",
    })
    void a_tree_ends_at_the_border_of_a_segment(String asked, String outcome) {
      String url = signer.sign("/live/cam/a.flv", GRANT.scope(Scope.TREE));
      String bare = signer.sign("/live/cam/a.flv", GRANT.with("token_path", "/live/cam"));

      assertThat(word(verifier.verify(url.replace("/live/cam/a.flv", asked), null, EXPIRY)))
          .isEqualTo(outcome);
      assertThat(word(verifier.verify(bare.replace("/live/cam/a.flv", asked), null, EXPIRY)))
          .isEqualTo(outcome);
    }

    @Test
    void a_token_path_that_is_no_path_opens_nothing() {
      String url = signer.sign("/a.flv", GRANT.with("token_path", "/x/../"));

      assertThat(verifier.verify(url, null, EXPIRY)).isEqualTo(new Denied(Reason.OUT_OF_SCOPE));
    }

    @Test
    void an_address_binds_and_of_ipv6_its_network() {
      ClientAddress mine = ClientAddress.parse("2001:db8:1:2::1");
      String url = signer.sign("/a.flv", GRANT.boundTo(mine));
      UrlVerifier insisting = UrlVerifier.builder(Scheme.BUNNY, KEYS).bindIp(true).build();

      assertThat(
              insisting.verify(url, ClientAddress.parse("2001:db8:1:2:9::9"), EXPIRY).isGranted())
          .isTrue();
      assertThat(verifier.verify(url, ClientAddress.parse("2001:db8:1:3::1"), EXPIRY))
          .isEqualTo(new Denied(Reason.BAD_SIGNATURE));
      assertThat(verifier.verify(url, null, EXPIRY)).isEqualTo(new Denied(Reason.WRONG_ADDRESS));
      assertThat(insisting.verify(signer.sign("/a.flv", GRANT), mine, EXPIRY))
          .isEqualTo(new Denied(Reason.WRONG_ADDRESS));
    }

    /** The mark of a bound token is two digits that a MAC may have, too. */
    @Test
    void a_mac_may_look_like_the_mark_of_a_bound_token() {
      KeyRing keys = KeyRing.of("k1", TestKeys.PLAIN);
      String url = UrlSigner.of(Scheme.BUNNY, keys).sign("/live-live/%25zz-ab-x+y.flv", GRANT);

      assertThat(url).contains("token=HS256-1-");
      assertThat(UrlVerifier.of(Scheme.BUNNY, keys).verify(url, CLIENT, EXPIRY).isGranted())
          .isTrue();
    }

    /** One parameter may not pass for two others under the same signature. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "x=1%26y=2",
          "x%3D1=2",
          "x%26=2",
          "%26x=2",
          "%3Dx=2",
          "x=%26y",
          "=%26",
          "x=%zz",
          "x=%ff",
          "%zz=1",
          "x=1&x=2",
          "x=1&X=1&x=2"
        })
    void a_parameter_with_a_border_inside_is_malformed(String query) {
      String url =
          "/a.flv?"
              + query
              + "&token=HS256-o10JRWlsAItyAsdKS6jJKjabHN4FrFsplDHPV1idcX4&expires=1893456000";

      assertThat(verifier.verify(url, null, EXPIRY)).isEqualTo(new Denied(Reason.MALFORMED));
    }

    @ParameterizedTest
    @CsvSource({
      "token=HS256-o10JRWlsAItyAsdKS6jJKjabHN4FrFsplDHPV1idcX4, missing",
      "expires=1893456000, missing",
      "token=HS256-o10J&expires=1893456000, malformed",
      "token=HS512-o10JRWlsAItyAsdKS6jJKjabHN4FrFsplDHPV1idcX4&expires=1893456000, malformed",
      "token=HS256-o10JRWlsAItyAsdKS6jJKjabHN4FrFsplDHPV1idcX4&expires=soon, malformed",
      "token=HS256-o10JRWlsAItyAsdKS6jJKjabHN4FrFsplDHPV1idcX4&expires=1893456000&expires=1, malformed",
      "token=HS256-o10JRWlsAItyAsdKS6jJKjabHN4FrFsplDHPV1idcX4&token=&expires=1893456000, malformed",
      "token=HS256-o10JRWlsAItyAsdKS6jJKjabHN4FrFsplDHPV1idcX4&expires=1893456000, bad-signature",
    })
    void parts_that_lack_or_do_not_fit_deny(String query, String outcome) {
      assertThat(word(verifier.verify("/a.flv?" + query, null, EXPIRY))).isEqualTo(outcome);
    }

    @Test
    void an_edge_may_insist_on_a_tree() {
      UrlVerifier trees = UrlVerifier.builder(Scheme.BUNNY, KEYS).scope(Scope.TREE).build();

      assertThat(trees.verify(signer.sign("/a.flv", GRANT), null, EXPIRY))
          .isEqualTo(new Denied(Reason.OUT_OF_SCOPE));
      assertThat(trees.verify(signer.sign("/x/a.flv", GRANT.scope(Scope.TREE)), null, EXPIRY))
          .isEqualTo(new Verdict.Granted("k1", Scope.TREE, EXPIRY));
    }

    @Test
    void what_the_scheme_cannot_say_is_refused_when_signing() {
      for (Grant refused :
          List.of(
              GRANT.scope(Scope.DIRECTORY),
              GRANT.notBefore(EXPIRY),
              GRANT.with("uid", "1"),
              GRANT.with("limit", "1&2"),
              GRANT.boundTo(CLIENT, 24))) {
        assertThatThrownBy(() -> signer.sign("/a.flv", refused))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }

    @Test
    void blanks_are_read_as_forms_write_them() {
      String url = signer.sign("/a.flv?x=a+b&flag", GRANT);

      assertThat(verifier.verify(url.replace("a+b", "a%20b"), null, EXPIRY).isGranted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=%00", "=x", "", "&"})
    void what_a_parameter_holds_is_free(String query) {
      String url = signer.sign("/a.flv?" + query, GRANT);

      assertThat(verifier.verify(url, null, EXPIRY).isGranted()).isTrue();
    }
  }

  private static String word(Verdict verdict) {
    return verdict instanceof Denied denied ? denied.reason().word() : "granted";
  }
}
