package io.flvkit.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Reason;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlvkitSchemeTest {
  private static final Instant EXPIRY = Instant.ofEpochSecond(1_893_456_000);
  private static final String FILE = "/live/cam/a.flv";
  private static final ClientAddress CLIENT = ClientAddress.parse("203.0.113.77");

  static List<Scheme> schemes() {
    return List.of(Scheme.FLVKIT_HMAC, Scheme.FLVKIT_ED25519);
  }

  /** The layout is a contract with links that are out in the world. */
  @Test
  void the_tuple_has_these_bytes() throws GeneralSecurityException {
    Grant grant =
        Grant.until(EXPIRY)
            .scope(Scope.DIRECTORY)
            .notBefore(Instant.ofEpochSecond(1))
            .boundTo(CLIENT, 24)
            .with("rendition", "audio");

    byte[] token = token(Scheme.FLVKIT_HMAC, grant);

    String tuple =
        "01"
            + "68"
            + "026b31"
            + "01"
            + "000a2f6c6976652f63616d2f"
            + "0000000000000001"
            + "0000000070dbd880"
            + "04cb00714d18"
            + "02";
    byte[] expected = HexFormat.of().parseHex(tuple);
    assertThat(Arrays.copyOf(token, token.length - 32)).asHexString().isEqualToIgnoringCase(tuple);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(TestKeys.PLAIN.bytes(), "HmacSHA256"));
    assertThat(Arrays.copyOfRange(token, expected.length, token.length))
        .isEqualTo(mac.doFinal(expected));
  }

  @Test
  void the_signature_is_ed25519_over_the_tuple() {
    byte[] token = token(Scheme.FLVKIT_ED25519, Grant.until(EXPIRY));
    Ed25519Signer oracle = new Ed25519Signer();
    oracle.init(
        false, new Ed25519PublicKeyParameters(TestKeys.ED25519_PRIVATE.ed25519PublicKey(), 0));
    oracle.update(token, 0, token.length - 64);

    assertThat(token[1]).isEqualTo((byte) 'e');
    assertThat(oracle.verifySignature(Arrays.copyOfRange(token, token.length - 64, token.length)))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "EXACT, /live/cam/a.flv, granted",
    "EXACT, /live/cam/b.flv, out-of-scope",
    "EXACT, /live/cam/a.flv2, out-of-scope",
    "EXACT, /live/cam/a, out-of-scope",
    "DIRECTORY, /live/cam/b.flv, granted",
    "DIRECTORY, /live/cam/, granted",
    "DIRECTORY, /live/cam/x/b.flv, out-of-scope",
    "DIRECTORY, /live/camera/b.flv, out-of-scope",
    "DIRECTORY, /live/cam, out-of-scope",
    "TREE, /live/cam/x/y/b.flv, granted",
    "TREE, /live/camera/b.flv, out-of-scope",
    "TREE, /live/b.flv, out-of-scope",
    "TREE, /vod/cam/b.flv, out-of-scope",
  })
  void a_scope_ends_at_the_border_of_a_segment(Scope scope, String asked, String outcome) {
    for (Scheme scheme : schemes()) {
      String url = url(scheme, Grant.until(EXPIRY).scope(scope)).replace(FILE, asked);

      assertThat(word(verifier(scheme).build().verify(url, null, EXPIRY))).isEqualTo(outcome);
    }
  }

  @Test
  void an_edge_may_insist_on_a_scope() {
    UrlVerifier trees = verifier(Scheme.FLVKIT_HMAC).scope(Scope.TREE).build();
    Grant grant = Grant.until(EXPIRY);

    assertThat(trees.verify(url(Scheme.FLVKIT_HMAC, grant.scope(Scope.TREE)), null, EXPIRY))
        .isEqualTo(new Verdict.Granted("k1", Scope.TREE, EXPIRY));
    assertThat(trees.verify(url(Scheme.FLVKIT_HMAC, grant), null, EXPIRY))
        .isEqualTo(new Denied(Reason.OUT_OF_SCOPE));
  }

  @ParameterizedTest
  @CsvSource({
    "32, 203.0.113.77, granted",
    "32, 203.0.113.76, wrong-address",
    "25, 203.0.113.126, granted",
    "25, 203.0.113.127, granted",
    "25, 203.0.113.128, wrong-address",
    "25, 203.0.113.129, wrong-address",
    "24, 203.0.113.255, granted",
    "24, 203.0.112.77, wrong-address",
    "0, 198.51.100.1, granted",
    "0, 2001:db8::1, wrong-address",
    "24, , wrong-address",
  })
  void a_network_holds_its_addresses(int bits, @Nullable String ip, String outcome) {
    String url = url(Scheme.FLVKIT_HMAC, Grant.until(EXPIRY).boundTo(CLIENT, bits));
    ClientAddress client = ip == null ? null : ClientAddress.parse(ip);

    assertThat(word(verifier(Scheme.FLVKIT_HMAC).build().verify(url, client, EXPIRY)))
        .isEqualTo(outcome);
  }

  @Test
  void an_edge_may_insist_on_binding() {
    UrlVerifier bound = verifier(Scheme.FLVKIT_HMAC).bindIp(true).build();
    Grant grant = Grant.until(EXPIRY);

    assertThat(bound.verify(url(Scheme.FLVKIT_HMAC, grant), CLIENT, EXPIRY))
        .isEqualTo(new Denied(Reason.WRONG_ADDRESS));
    assertThat(
            bound
                .verify(url(Scheme.FLVKIT_HMAC, grant.boundTo(CLIENT)), CLIENT, EXPIRY)
                .isGranted())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "audio, only_audio=1, granted",
    "audio, onlyaudio=true, granted",
    "audio, only-audio=TRUE, granted",
    "audio, audioOnly=1, granted",
    "audio, only_audio=0, out-of-scope",
    "audio, only_audio=11, out-of-scope",
    "audio, only_audio=, out-of-scope",
    "audio, only_audio=tru, out-of-scope",
    "audio, x=1, out-of-scope",
    "audio, only_video=1, out-of-scope",
    "video, only_video=1, granted",
    "video, videoOnly=1, granted",
    "full, x=1, granted",
    "full, only_audio=1, out-of-scope",
    "full, only_audio=false&only_audio=false, out-of-scope",
    "audio, only_audio=1&only_video=1, out-of-scope",
    "video, only_audio=1&only_video=1, out-of-scope",
    "full, only_audio=1&only_video=1, out-of-scope",
  })
  void a_rendition_is_not_for_sale_for_another(String rendition, String query, String outcome) {
    String url = url(Scheme.FLVKIT_HMAC, Grant.until(EXPIRY).with("rendition", rendition));

    Verdict verdict = verifier(Scheme.FLVKIT_HMAC).build().verify(url + "&" + query, null, EXPIRY);

    assertThat(word(verdict)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void a_key_id_is_looked_up(Scheme scheme) {
    String url = url(scheme, Grant.until(EXPIRY));
    KeyRing others =
        KeyRing.of(
            "k2",
            scheme == Scheme.FLVKIT_HMAC
                ? TestKeys.PLAIN
                : Secret.of(TestKeys.ED25519_PRIVATE.ed25519PublicKey()));

    assertThat(UrlVerifier.of(scheme, others).verify(url, null, EXPIRY))
        .isEqualTo(new Denied(Reason.UNKNOWN_KEY));
  }

  @Test
  void the_token_of_one_algorithm_is_none_of_the_other() {
    String url = url(Scheme.FLVKIT_HMAC, Grant.until(EXPIRY));

    assertThat(verifier(Scheme.FLVKIT_ED25519).build().verify(url, null, EXPIRY))
        .isEqualTo(new Denied(Reason.MALFORMED));
  }

  /** Every bit of the tuple and of its proof counts. */
  @ParameterizedTest
  @MethodSource("schemes")
  void one_flipped_bit_is_denied(Scheme scheme) {
    Grant grant = Grant.until(EXPIRY).boundTo(CLIENT).notBefore(Instant.EPOCH);
    byte[] token = token(scheme, grant);
    UrlVerifier verifier = verifier(scheme).build();
    for (int bit = 0; bit < 8 * token.length; bit++) {
      byte[] forged = token.clone();
      forged[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(verifier.verify(FILE + "?token=" + text(forged), CLIENT, EXPIRY).isGranted())
          .as("bit %d", bit)
          .isFalse();
    }
  }

  /** What only a signer with the key could have made, and made wrongly. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "0000",
        "000001",
        "00000141", // cut off
        "03"
            + "0001"
            + "2f"
            + "0000000000000000"
            + "0000000070dbd880"
            + "00"
            + "00"
            + "00", // scope
        "ff" + "0001" + "2f" + "0000000000000000" + "0000000070dbd880" + "00" + "00" + "00",
        "00"
            + "0001"
            + "2f"
            + "0000000000000000"
            + "0000000070dbd880"
            + "00"
            + "00"
            + "04", // rendition
        "00" + "0001" + "2f" + "0000000000000000" + "0000000070dbd880" + "00" + "00" + "ff",
        "00" + "0001" + "2f" + "0000000000000000" + "0000000070dbd880" + "00" + "01" + "00", // bits
        "00" + "0001" + "2f" + "0000000000000000" + "0000000070dbd880" + "0100" + "09" + "00",
        "00"
            + "0001"
            + "2f"
            + "0000000000000000"
            + "8000000000000000"
            + "00"
            + "00"
            + "00", // expiry
        "00"
            + "0001"
            + "2f"
            + "0000000000000000"
            + "0000000070dbd880"
            + "00"
            + "00"
            + "00"
            + "00", // more
        "00" + "0001" + "2f" + "0000000000000000" + "0000000070dbd880" + "05" + "00" + "00", // less
        "00" + "ffff" + "2f" + "0000000000000000" + "0000000070dbd880" + "00" + "00" + "00",
      })
  void a_signed_tuple_that_is_none_is_malformed(String body) throws GeneralSecurityException {
    byte[] tuple = HexFormat.of().parseHex("0168026b31" + body);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(TestKeys.PLAIN.bytes(), "HmacSHA256"));
    byte[] token = Arrays.copyOf(tuple, tuple.length + 32);
    System.arraycopy(mac.doFinal(tuple), 0, token, tuple.length, 32);

    assertThat(verifier(Scheme.FLVKIT_HMAC).build().verify("/?token=" + text(token), null, EXPIRY))
        .isEqualTo(new Denied(Reason.MALFORMED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "AA",
        "!!!!",
        "AWgCazE",
        "AWj_",
        "AmgCazEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void what_is_no_token_is_malformed(String text) {
    assertThat(verifier(Scheme.FLVKIT_HMAC).build().verify("/a?token=" + text, null, EXPIRY))
        .isEqualTo(new Denied(Reason.MALFORMED));
    assertThat(
            verifier(Scheme.FLVKIT_HMAC)
                .build()
                .verify("/a?token=" + text + "&token=x", null, EXPIRY))
        .isEqualTo(new Denied(Reason.MALFORMED));
  }

  /** Header and proof, and nothing or only an id between them. */
  @ParameterizedTest
  @CsvSource({"016800, unknown-key", "0168026b31, bad-signature", "01680278, malformed"})
  void a_token_is_read_as_far_as_it_goes(String tuple, String outcome) {
    byte[] token = HexFormat.of().parseHex(tuple + "00".repeat(32));

    assertThat(
            word(
                verifier(Scheme.FLVKIT_HMAC)
                    .build()
                    .verify("/a?token=" + text(token), null, EXPIRY)))
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void what_a_longer_path_left_behind_does_not_count(Scheme scheme) {
    UrlVerifier verifier = verifier(scheme).build();
    String longer =
        UrlSigner.of(scheme, TestKeys.signing(scheme)).sign(FILE + "/b.flv", Grant.until(EXPIRY));
    String directory = url(scheme, Grant.until(EXPIRY).scope(Scope.DIRECTORY));

    assertThat(verifier.verify(longer, null, EXPIRY).isGranted()).isTrue();
    assertThat(verifier.verify(directory, null, EXPIRY).isGranted()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void a_link_may_end_with_the_epoch(Scheme scheme) {
    String url = url(scheme, Grant.until(Instant.EPOCH));

    assertThat(verifier(scheme).build().verify(url, null, Instant.EPOCH).isGranted()).isTrue();
    assertThat(scheme.parameters()).containsExactly("token");
    assertThat(verifier(scheme).build().withoutToken(url)).isEqualTo(FILE);
  }

  @Test
  void a_token_has_one_spelling() {
    String url = url(Scheme.FLVKIT_HMAC, Grant.until(EXPIRY));
    String last = url.substring(url.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=";

    List<String> good =
        alphabet
            .chars()
            .mapToObj(Character::toString)
            .filter(
                c ->
                    verifier(Scheme.FLVKIT_HMAC)
                        .build()
                        .verify(url.substring(0, url.length() - 1) + c, null, EXPIRY)
                        .isGranted())
            .toList();

    assertThat(good).containsExactly(last);
  }

  @Test
  void a_long_path_makes_a_long_token() {
    String path = "/live/" + "ж".repeat(1000) + ".flv";
    CanonicalPath canonical = CanonicalPath.ofDecoded(path);

    String url =
        UrlSigner.of(Scheme.FLVKIT_HMAC, TestKeys.signing(Scheme.FLVKIT_HMAC))
            .sign(canonical.encoded(), Grant.until(EXPIRY));

    assertThat(verifier(Scheme.FLVKIT_HMAC).build().verify(url, null, EXPIRY).isGranted()).isTrue();
  }

  @Test
  void what_the_scheme_cannot_say_is_refused_when_signing() {
    Grant grant = Grant.until(EXPIRY);

    for (Grant refused :
        List.of(
            grant.scope(Scope.PATTERN),
            grant.with("uid", "1"),
            grant.with("rendition", "smell"),
            Grant.until(Instant.ofEpochSecond(-1)))) {
      assertThatThrownBy(() -> url(Scheme.FLVKIT_HMAC, refused))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void an_ed25519_key_is_a_point_of_32_bytes() {
    byte[] noPoint = new byte[32];
    Arrays.fill(noPoint, (byte) 0xFF);

    for (Secret refused : List.of(Secret.parse("short"), Secret.of(noPoint))) {
      assertThatThrownBy(() -> UrlVerifier.of(Scheme.FLVKIT_ED25519, KeyRing.of("k1", refused)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> UrlSigner.of(Scheme.FLVKIT_ED25519, KeyRing.of("k1", Secret.parse("short"))))
        .hasMessageContaining("32 bytes");
  }

  private static String url(Scheme scheme, Grant grant) {
    return UrlSigner.of(scheme, TestKeys.signing(scheme)).sign(FILE, grant);
  }

  private static byte[] token(Scheme scheme, Grant grant) {
    return Base64.getUrlDecoder().decode(url(scheme, grant).substring((FILE + "?token=").length()));
  }

  private static String text(byte[] token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  private static UrlVerifier.Builder verifier(Scheme scheme) {
    return UrlVerifier.builder(scheme, TestKeys.verifying(scheme));
  }

  private static String word(Verdict verdict) {
    return verdict instanceof Denied denied ? denied.reason().word() : "granted";
  }
}
