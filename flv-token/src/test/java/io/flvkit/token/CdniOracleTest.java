package io.flvkit.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CDNI tokens, made and read by an independent JOSE library. */
class CdniOracleTest {
  private static final byte[] BYTES =
      "a secret of thirty-two bytes....".getBytes(StandardCharsets.US_ASCII);
  private static final KeyRing HMAC = KeyRing.of("k1", Secret.of(BYTES));
  private static final KeyRing EC_PUBLIC =
      KeyRing.of("k1", TestKeys.pem(TestKeys.P256.getPublic()));
  private static final KeyRing EC_PRIVATE =
      KeyRing.of("k1", TestKeys.pem(TestKeys.P256.getPrivate()));
  private static final Instant EXPIRY = Instant.ofEpochSecond(1_893_456_000);
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String URL = "https://cdn.example.com/live/a.flv";
  private static final String ANY = "regex:.*";

  @Test
  void the_library_accepts_our_hmac_tokens() throws JOSEException, ParseException {
    Grant grant =
        Grant.until(EXPIRY)
            .notBefore(NOW)
            .with("iss", "Quoted \"issuer\" \\ \n")
            .with("sub", "eyJ9.key.iv.text.tag");

    SignedJWT jwt = SignedJWT.parse(token(UrlSigner.of(Scheme.CDNI_JWT, HMAC).sign(URL, grant)));

    assertThat(jwt.verify(new MACVerifier(BYTES))).isTrue();
    assertThat(jwt.getHeader().getKeyID()).isEqualTo("k1");
    assertThat(jwt.getJWTClaimsSet().getExpirationTime()).isEqualTo(Date.from(EXPIRY));
    assertThat(jwt.getJWTClaimsSet().getNotBeforeTime()).isEqualTo(Date.from(NOW));
    assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo("Quoted \"issuer\" \\ \n");
    assertThat(jwt.getJWTClaimsSet().getLongClaim("cdniv")).isEqualTo(1);
  }

  @Test
  void the_library_accepts_our_ecdsa_tokens() throws JOSEException, ParseException {
    String url = UrlSigner.of(Scheme.CDNI_JWT, EC_PRIVATE).sign(URL, Grant.until(EXPIRY));

    assertThat(
            SignedJWT.parse(token(url))
                .verify(new ECDSAVerifier((ECPublicKey) TestKeys.P256.getPublic())))
        .isTrue();
    assertThat(UrlVerifier.of(Scheme.CDNI_JWT, EC_PUBLIC).verify(url, null, NOW))
        .isEqualTo(new Verdict.Granted("k1", Scope.PATTERN, EXPIRY));
  }

  @Test
  void we_accept_the_tokens_of_the_library() {
    JWTClaimsSet claims = claims(Map.of("cdniuc", ANY));

    assertThat(verdict(HMAC, jwt(JWSAlgorithm.HS256, "k1", claims))).isEqualTo("granted");
    assertThat(verdict(HMAC, jwt(JWSAlgorithm.HS256, null, claims))).isEqualTo("granted");
    assertThat(verdict(EC_PUBLIC, jwt(JWSAlgorithm.ES256, "k1", claims))).isEqualTo("granted");
  }

  @Test
  void the_key_decides_the_algorithm_and_the_id_the_key() {
    JWTClaimsSet claims = claims(Map.of("cdniuc", ANY));

    assertThat(verdict(EC_PUBLIC, jwt(JWSAlgorithm.HS256, "k1", claims)))
        .isEqualTo("bad-signature");
    assertThat(verdict(HMAC, jwt(JWSAlgorithm.ES256, "k1", claims))).isEqualTo("bad-signature");
    assertThat(verdict(HMAC, jwt(JWSAlgorithm.HS256, "k2", claims))).isEqualTo("unknown-key");
    String none =
        "eyJhbGciOiJub25lIn0." + jwt(JWSAlgorithm.HS256, "k1", claims).split("\\.", -1)[1] + ".";
    assertThat(verdict(HMAC, none)).isEqualTo("bad-signature");
  }

  /** A proof that is right, under the name of another algorithm. */
  @Test
  void a_token_names_the_algorithm_of_its_key() throws GeneralSecurityException {
    String[] parts = jwt(JWSAlgorithm.HS256, "k1", claims(Map.of("cdniuc", ANY))).split("\\.", -1);
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    byte[] header = "{\"alg\":\"HS512\"}".getBytes(StandardCharsets.US_ASCII);
    String signed = encoder.encodeToString(header) + "." + parts[1];
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(BYTES, "HmacSHA256"));
    byte[] proof = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));

    assertThat(verdict(HMAC, signed + "." + encoder.encodeToString(proof)))
        .isEqualTo("bad-signature");
  }

  @ParameterizedTest
  @CsvSource({
    "cdniv, 2, malformed",
    "cdniv, 1, granted",
    "jti, once, malformed",
    "aud, somebody, out-of-scope",
    "cdniip, eyJ.., wrong-address",
    "cdnicrit, cdniuc, granted",
    "'cdnicrit', 'cdniuc,exp', granted",
    "cdnicrit, cdnifuture, malformed",
    "cdnicrit, '', malformed",
    "cdnicrit, 7, malformed",
    "cdniv, one, malformed",
    "cdnistt, 1, malformed",
    "cdniets, 30, granted",
    "cdniets, soon, malformed",
    "cdnistd, 0, granted",
    "cdnistd, -1, malformed",
    "cdniuc, regex:https://cdn\\.example\\.com/vod/.*, out-of-scope",
    "cdniuc, regex:((((, out-of-scope",
    "cdniuc, regex:(.*.*.*.*.*.*.*.*.*.*)*x, out-of-scope",
    "cdniuc, hash:sha-256;owRzn3B6WPVHuUQSNCd0BX-Kc8HkyqNgqR7y9RRkjnc, out-of-scope",
    "cdniuc, unknown:x, out-of-scope",
  })
  void claims_that_cannot_be_honoured_deny(String name, String value, String outcome) {
    Object typed = value.matches("[0-9]+") ? Long.valueOf(value) : value;

    String token =
        jwt(
            JWSAlgorithm.HS256,
            "k1",
            claims(
                name.equals("cdniuc") ? Map.of(name, value) : Map.of("cdniuc", ANY, name, typed)));

    assertThat(verdict(HMAC, token)).isEqualTo(outcome);
  }

  @Test
  void a_token_that_could_be_renewed_is_taken_as_it_is() {
    JWTClaimsSet renewable = claims(Map.of("cdniuc", ANY, "cdnistt", 1, "cdniets", 30));
    JWTClaimsSet odd = claims(Map.of("cdniuc", ANY, "cdnistt", "cookie", "cdniets", 30));

    assertThat(verdict(HMAC, jwt(JWSAlgorithm.HS256, "k1", renewable))).isEqualTo("granted");
    assertThat(verdict(HMAC, jwt(JWSAlgorithm.HS256, "k1", odd))).isEqualTo("malformed");
  }

  /** RFC 9246, 2.1.4: void at the second of the expiry, and no leeway. */
  @Test
  void a_token_is_void_at_its_expiry() {
    String url = UrlSigner.of(Scheme.CDNI_JWT, HMAC).sign(URL, Grant.until(EXPIRY));
    UrlVerifier verifier = UrlVerifier.of(Scheme.CDNI_JWT, HMAC);

    assertThat(word(verifier.verify(url, null, EXPIRY.minusMillis(1)))).isEqualTo("granted");
    assertThat(word(verifier.verify(url, null, EXPIRY))).isEqualTo("expired");
    assertThatThrownBy(
            () ->
                UrlVerifier.builder(Scheme.CDNI_JWT, HMAC).clockSkew(Duration.ofSeconds(1)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no clock skew");
  }

  /** RFC 9246, 2.1.15: one spelling of the URI on both sides. */
  @ParameterizedTest
  @CsvSource({
    "HTTPS://CDN.Example.com/live/a.flv, granted",
    "https://cdn.example.com:443/live/a.flv, granted",
    "http://cdn.example.com:80/live/a.flv, granted",
    "https://cdn.example.com:80/live/a.flv, out-of-scope",
    "http://cdn.example.com:443/live/a.flv, out-of-scope",
    "https://cdn.example.com:8443/live/a.flv, out-of-scope",
    "https://cdn.example.com/%6cive/%61.flv, granted",
    "https://cdn.example.com/live/A.flv, out-of-scope",
  })
  void an_uri_is_compared_in_its_normal_form(String asked, String outcome) {
    String url = UrlSigner.of(Scheme.CDNI_JWT, HMAC).sign(URL, Grant.until(EXPIRY));
    String shouted =
        UrlSigner.of(Scheme.CDNI_JWT, HMAC)
            .sign("HTTPS://CDN.example.COM:443/live/a.flv", Grant.until(EXPIRY));
    UrlVerifier verifier = UrlVerifier.of(Scheme.CDNI_JWT, HMAC);

    for (String token : List.of(token(url), token(shouted))) {
      assertThat(word(verifier.verify(asked + "?URISigningPackage=" + token, null, NOW)))
          .isEqualTo(outcome);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a=%7e%2f, granted",
    "a=~%2F, granted",
    "a=~/, out-of-scope",
    "a=%7e%2, out-of-scope",
  })
  void escapes_in_the_query_are_compared_in_their_normal_form(String query, String outcome) {
    String container = "regex:https://cdn\\.example\\.com/live/a\\.flv\\?a=~%2F";
    String token = jwt(JWSAlgorithm.HS256, "k1", claims(Map.of("cdniuc", container)));

    Verdict verdict =
        UrlVerifier.of(Scheme.CDNI_JWT, HMAC)
            .verify(URL + "?" + query + "&URISigningPackage=" + token, null, NOW);

    assertThat(word(verdict)).isEqualTo(outcome);
  }

  @Test
  void a_hash_opens_one_uri() throws Exception {
    String hash =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(URL.getBytes(StandardCharsets.US_ASCII)));
    String token = jwt(JWSAlgorithm.HS256, "k1", claims(Map.of("cdniuc", "hash:sha-256;" + hash)));

    assertThat(verdict(HMAC, token)).isEqualTo("granted");
  }

  @Test
  void a_token_without_a_container_or_with_odd_times_is_denied() {
    assertThat(verdict(HMAC, jwt(JWSAlgorithm.HS256, "k1", claims(Map.of("sub", "x")))))
        .isEqualTo("out-of-scope");
    JWTClaimsSet early =
        new JWTClaimsSet.Builder(claims(Map.of("cdniuc", ANY)))
            .notBeforeTime(Date.from(NOW.plusSeconds(1)))
            .build();
    assertThat(verdict(HMAC, jwt(JWSAlgorithm.HS256, "k1", early))).isEqualTo("not-yet-valid");
    JWTClaimsSet endless = new JWTClaimsSet.Builder().claim("cdniuc", ANY).build();
    assertThat(verdict(HMAC, jwt(JWSAlgorithm.HS256, "k1", endless))).isEqualTo("granted");
    assertThat(verdict(HMAC, signed("{\"exp\":\"soon\",\"cdniuc\":\"regex:.*\"}")))
        .isEqualTo("malformed");
    assertThat(verdict(HMAC, signed("{\"exp\":-1,\"cdniuc\":\"regex:.*\"}")))
        .isEqualTo("malformed");
    assertThat(verdict(HMAC, signed("{\"nbf\":\"now\",\"cdniuc\":\"regex:.*\"}")))
        .isEqualTo("malformed");
    assertThat(verdict(HMAC, signed("{\"nbf\":1e30,\"cdniuc\":\"regex:.*\"}")))
        .isEqualTo("malformed");
    assertThat(verdict(HMAC, signed("{\"exp\":31556889864403199,\"cdniuc\":\"regex:.*\"}")))
        .isEqualTo("granted");
    assertThat(verdict(HMAC, signed("{\"exp\":31556889864403200,\"cdniuc\":\"regex:.*\"}")))
        .isEqualTo("malformed");
    assertThat(verdict(HMAC, signed("{\"exp\":1893456000.5,\"cdniuc\":\"regex:.*\"}")))
        .isEqualTo("granted");
  }

  @ParameterizedTest
  @CsvSource({
    "EXACT, https://cdn.example.com/live/a.flv, granted",
    "EXACT, http://cdn.example.com/live/a.flv?only_audio=1, granted",
    "EXACT, https://cdn.example.com/live/b.flv, out-of-scope",
    "EXACT, https://cdnXexample.com/live/a.flv, out-of-scope",
    "EXACT, https://cdn.example.com/live/aXflv, out-of-scope",
    "DIRECTORY, https://cdn.example.com/live/b.flv, granted",
    "DIRECTORY, https://cdn.example.com/live/x/b.flv, out-of-scope",
    "TREE, https://cdn.example.com/live/x/b.flv, granted",
    "TREE, https://cdn.example.com/lively/b.flv, out-of-scope",
  })
  void scopes_become_expressions(Scope scope, String asked, String outcome) {
    String url = UrlSigner.of(Scheme.CDNI_JWT, HMAC).sign(URL, Grant.until(EXPIRY).scope(scope));

    String separator = asked.contains("?") ? "&" : "?";
    Verdict verdict =
        UrlVerifier.of(Scheme.CDNI_JWT, HMAC)
            .verify(asked + separator + "URISigningPackage=" + token(url), null, NOW);

    assertThat(word(verdict)).isEqualTo(outcome);
  }

  @Test
  void a_host_is_left_open_if_the_signer_does_not_know_it() {
    String url = UrlSigner.of(Scheme.CDNI_JWT, HMAC).sign("/live/a.flv", Grant.until(EXPIRY));
    UrlVerifier verifier = UrlVerifier.of(Scheme.CDNI_JWT, HMAC);

    assertThat(verifier.verify("http://any.host:8080" + url, null, NOW).isGranted()).isTrue();
    assertThat(verifier.verify(Link.parse(url).at("http://any.host"), null, NOW).isGranted())
        .isTrue();
    assertThat(word(verifier.verify(url, null, NOW))).isEqualTo("out-of-scope");
  }

  @Test
  void what_the_scheme_cannot_say_is_refused_when_signing() {
    UrlSigner signer = UrlSigner.of(Scheme.CDNI_JWT, HMAC);
    Grant grant = Grant.until(EXPIRY);

    for (Grant refused :
        List.of(
            grant.boundTo(ClientAddress.parse("1.2.3.4")),
            grant.with("jti", "x"),
            grant.with("sub", "somebody"),
            grant.with("sub", "a.b.c.d.e.f"),
            grant.scope(Scope.PATTERN))) {
      assertThatThrownBy(() -> signer.sign(URL, refused))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(signer.sign(URL, grant.scope(Scope.PATTERN).with("cdniuc", ANY))).contains("?URI");
    assertThatThrownBy(() -> UrlVerifier.builder(Scheme.CDNI_JWT, HMAC).bindIp(true).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_key_in_pem_has_to_be_of_the_curve_and_the_kind() {
    KeyRing wrongCurve = KeyRing.of("k1", TestKeys.pem(TestKeys.ec("secp384r1").getPublic()));
    KeyRing broken =
        KeyRing.of(
            "k1", Secret.parse("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"));

    for (KeyRing refused : List.of(wrongCurve, broken, EC_PRIVATE)) {
      assertThatThrownBy(() -> UrlVerifier.of(Scheme.CDNI_JWT, refused))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("k1");
    }
    assertThatThrownBy(() -> UrlSigner.of(Scheme.CDNI_JWT, EC_PUBLIC))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_is_no_token_of_three_parts_is_malformed() {
    String[] parts = jwt(JWSAlgorithm.HS256, "k1", claims(Map.of("cdniuc", ANY))).split("\\.", -1);
    String notJson = "bm90IGpzb24";
    String critical =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"alg\":\"HS256\",\"crit\":[\"b64\"]}".getBytes(StandardCharsets.US_ASCII));

    for (List<String> malformed :
        List.of(
            List.of(""),
            List.of(parts[0], parts[1]),
            List.of(parts[0], parts[1], parts[2], parts[2]),
            List.of(notJson, parts[1], parts[2]),
            List.of(parts[0], notJson, parts[2]),
            List.of("!", parts[1], parts[2]),
            List.of(parts[0], parts[1], "A"),
            List.of(parts[0], parts[1], "A".repeat(87)),
            List.of(critical, parts[1], parts[2]))) {
      assertThat(verdict(HMAC, String.join(".", malformed)))
          .as(malformed.toString())
          .isEqualTo("malformed");
    }
  }

  @Test
  void a_proof_of_another_length_proves_nothing() {
    String mac = jwt(JWSAlgorithm.HS256, "k1", claims(Map.of("cdniuc", ANY)));
    String signature = jwt(JWSAlgorithm.ES256, "k1", claims(Map.of("cdniuc", ANY)));
    String start = signature.substring(0, signature.lastIndexOf('.') + 1);

    assertThat(verdict(HMAC, mac.substring(0, mac.length() - 3))).isEqualTo("bad-signature");
    assertThat(verdict(EC_PUBLIC, signature.substring(0, signature.length() - 2)))
        .isEqualTo("bad-signature");
    assertThat(verdict(EC_PUBLIC, start + "A".repeat(86))).isEqualTo("bad-signature");
    assertThat(verdict(EC_PUBLIC, start + "_".repeat(85) + "w")).isEqualTo("bad-signature");
  }

  @Test
  void an_edge_may_insist_on_a_scope_that_no_claims_can_say() {
    String url = UrlSigner.of(Scheme.CDNI_JWT, HMAC).sign(URL, Grant.until(EXPIRY));

    assertThat(
            word(
                UrlVerifier.builder(Scheme.CDNI_JWT, HMAC)
                    .scope(Scope.TREE)
                    .build()
                    .verify(url, null, NOW)))
        .isEqualTo("out-of-scope");
    assertThat(
            word(
                UrlVerifier.builder(Scheme.CDNI_JWT, HMAC)
                    .scope(Scope.PATTERN)
                    .build()
                    .verify(url, null, NOW)))
        .isEqualTo("granted");
  }

  private static JWTClaimsSet claims(Map<String, Object> claims) {
    JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder().expirationTime(Date.from(EXPIRY));
    claims.forEach(builder::claim);
    return builder.build();
  }

  private static String jwt(JWSAlgorithm algorithm, @Nullable String keyId, JWTClaimsSet claims) {
    try {
      SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
      JWSSigner signer =
          algorithm.equals(JWSAlgorithm.HS256)
              ? new MACSigner(BYTES)
              : new ECDSASigner((ECPrivateKey) TestKeys.P256.getPrivate());
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token over JSON as it stands. */
  private static String signed(String json) {
    try {
      JWSObject jws =
          new JWSObject(new JWSHeader.Builder(JWSAlgorithm.HS256).build(), new Payload(json));
      jws.sign(new MACSigner(BYTES));
      return jws.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String verdict(KeyRing keys, String token) {
    return word(
        UrlVerifier.of(Scheme.CDNI_JWT, keys)
            .verify(URL + "?URISigningPackage=" + token, null, NOW));
  }

  private static String token(String url) {
    return url.substring(url.indexOf("URISigningPackage=") + 18);
  }

  private static String word(Verdict verdict) {
    return verdict instanceof Verdict.Denied denied ? denied.reason().word() : "granted";
  }
}
