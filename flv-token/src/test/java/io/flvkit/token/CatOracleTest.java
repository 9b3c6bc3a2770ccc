package io.flvkit.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import COSE.AlgorithmID;
import COSE.Attribute;
import COSE.CoseException;
import COSE.HeaderKeys;
import COSE.MAC0Message;
import COSE.MessageTag;
import COSE.OneKey;
import COSE.Sign1Message;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Common Access Tokens, made and read by an independent COSE library. */
class CatOracleTest {
  private static final byte[] BYTES = new byte[32];
  private static final KeyRing HMAC = KeyRing.of("k1", Secret.of(BYTES));
  private static final KeyRing EC_PUBLIC =
      KeyRing.of("k1", TestKeys.pem(TestKeys.P256.getPublic()));
  private static final KeyRing EC_PRIVATE =
      KeyRing.of("k1", TestKeys.pem(TestKeys.P256.getPrivate()));
  private static final Instant EXPIRY = Instant.ofEpochSecond(1_893_456_000);
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String URL = "https://cdn.example.com:8443/live/cam/a.b.flv";

  @Test
  void the_library_accepts_our_macs() throws CoseException {
    Grant grant =
        Grant.until(EXPIRY)
            .notBefore(NOW)
            .boundTo(ClientAddress.parse("203.0.113.77"), 26)
            .with("iss", "us")
            .with("sub", "you");

    byte[] cwt = token(UrlSigner.of(Scheme.CAT, HMAC).sign(URL, grant));

    CBORObject tagged = CBORObject.DecodeFromBytes(cwt);
    assertThat(tagged.HasMostOuterTag(61)).isTrue();
    MAC0Message message =
        (MAC0Message)
            MAC0Message.DecodeFromBytes(tagged.UntagOne().EncodeToBytes(), MessageTag.MAC0);
    assertThat(message.Validate(BYTES)).isTrue();
    assertThat(CBORObject.DecodeFromBytes(message.GetContent()).toString())
        .contains("1: \"us\"", "2: \"you\"", "4: 1893456000", "5: 1800000000", "310: 1")
        .containsIgnoringCase("311: [52([26, h'cb007140'])]")
        .contains("312: {3: {0: \"/live/cam/a.b.flv\"}}");
  }

  @Test
  void the_library_accepts_our_signatures() throws CoseException {
    String url = UrlSigner.of(Scheme.CAT, EC_PRIVATE).sign(URL, Grant.until(EXPIRY));

    byte[] cose = CBORObject.DecodeFromBytes(token(url)).UntagOne().EncodeToBytes();
    Sign1Message message = (Sign1Message) Sign1Message.DecodeFromBytes(cose, MessageTag.Sign1);

    assertThat(message.validate(new OneKey(TestKeys.P256.getPublic(), null))).isTrue();
    assertThat(UrlVerifier.of(Scheme.CAT, EC_PUBLIC).verify(url, null, NOW))
        .isEqualTo(new Verdict.Granted("k1", Scope.PATTERN, EXPIRY));
  }

  @Test
  void we_accept_the_tokens_of_the_library() throws CoseException {
    CBORObject claims = claims();

    assertThat(verdict(HMAC, mac(claims, AlgorithmID.HMAC_SHA_256, "k1"), null))
        .isEqualTo("granted");
    assertThat(verdict(HMAC, mac(claims, AlgorithmID.HMAC_SHA_256, null), null))
        .isEqualTo("granted");
    assertThat(verdict(EC_PUBLIC, sign(claims), null)).isEqualTo("granted");
  }

  @Test
  void the_key_decides_the_algorithm_and_the_id_the_key() throws CoseException {
    CBORObject claims = claims();

    assertThat(verdict(HMAC, mac(claims, AlgorithmID.HMAC_SHA_256, "k2"), null))
        .isEqualTo("unknown-key");
    assertThat(verdict(HMAC, mac(claims, AlgorithmID.HMAC_SHA_256_64, "k1"), null))
        .isEqualTo("bad-signature");
    assertThat(verdict(EC_PUBLIC, mac(claims, AlgorithmID.HMAC_SHA_256, "k1"), null))
        .isEqualTo("bad-signature");
    assertThat(verdict(HMAC, sign(claims), null)).isEqualTo("bad-signature");
    KeyRing other = KeyRing.of("k1", TestKeys.pem(TestKeys.p256().getPublic()));
    assertThat(verdict(other, sign(claims), null)).isEqualTo("bad-signature");
  }

  @Test
  void an_expiry_may_have_a_fraction() throws CoseException {
    CBORObject claims = claims();
    claims.set(CBORObject.FromObject(4), CBORObject.FromObject(1893456000.5d));

    assertThat(verdict(HMAC, mac(claims, AlgorithmID.HMAC_SHA_256, "k1"), null))
        .isEqualTo("granted");
  }

  /** The claims in the diagnostic notation of JSON, with labels as text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|granted",
        "{'310':1}|granted",
        "{'310':2}|malformed",
        "{'308':0}|granted",
        "{'308':1}|malformed",
        "{'5':1800000000}|granted",
        "{'5':1800000001}|not-yet-valid",
        "{'4':1799999999}|expired",
        "{'4':0}|expired",
        "{'4':'soon'}|malformed",
        "{'4':-1}|malformed",
        "{'4':31556889864403199}|granted",
        "{'4':31556889864403200}|malformed",
        "{'5':'soon'}|malformed",
        "{'5':true}|malformed",
        "{'3':'somebody'}|out-of-scope",
        "{'313':['GET']}|granted",
        "{'313':['POST']}|out-of-scope",
        "{'313':'GET'}|out-of-scope",
        "{'316':['SE']}|malformed",
        "{'999':1}|malformed",
        "{'311':[64496]}|wrong-address",
        "{'311':7}|wrong-address",
        "{'311':[]}|wrong-address",
        "{'1':'anybody','2':'anything','6':1,'7':'id','320':1,'322':1,'323':1}|granted",
        "{'312':{'0':{'0':'https'}}}|granted",
        "{'312':{'0':{'0':'http'}}}|out-of-scope",
        "{'312':{'1':{'2':'example.com'}}}|granted",
        "{'312':{'1':{'0':'example.com'}}}|out-of-scope",
        "{'312':{'2':{'0':'8443'}}}|granted",
        "{'312':{'2':{'0':''}}}|out-of-scope",
        "{'312':{'-1':{'0':'x'}}}|out-of-scope",
        "{'312':{'3':{'1':'/live/'}}}|granted",
        "{'312':{'3':{'1':'/vod/'}}}|out-of-scope",
        "{'312':{'3':{'3':'/cam/'}}}|granted",
        "{'312':{'3':{'4':['^/live/.*flv$']}}}|granted",
        "{'312':{'3':{'4':['^/vod']}}}|out-of-scope",
        "{'312':{'3':{'4':['x','i']}}}|out-of-scope",
        "{'312':{'3':{'4':[1]}}}|out-of-scope",
        "{'312':{'3':{'0':1}}}|out-of-scope",
        "{'312':{'3':{'2':'b.flv'}}}|granted",
        "{'312':{'3':{'2':'mp4'}}}|out-of-scope",
        "{'312':{'3':{'3':'dog'}}}|out-of-scope",
        "{'312':{'3':{'-1':'/live'}}}|out-of-scope",
        "{'312':{'3':{'1':'/live/','2':'mp4'}}}|out-of-scope",
        "{'312':{'3':{'4':'/live'}}}|out-of-scope",
        "{'312':{'3':{'5':'/live'}}}|out-of-scope",
        "{'312':{'3':{'9':'/live'}}}|out-of-scope",
        "{'312':{'3':{}}}|out-of-scope",
        "{'312':{'3':'/live/'}}|out-of-scope",
        "{'312':{'4':{'0':'x=1'}}}|granted",
        "{'312':{'5':{'0':'/live/cam'}}}|granted",
        "{'312':{'6':{'0':'a.b.flv'}}}|granted",
        "{'312':{'7':{'0':'a'}}}|granted",
        "{'312':{'8':{'0':'.b.flv'}}}|granted",
        "{'312':{'9':{'0':'x'}}}|out-of-scope",
        "{'312':{'3':{'1':'/live/'},'6':{'2':'.mp4'}}}|out-of-scope",
        "{'312':[]}|out-of-scope",
      })
  void claims_are_judged(String json, String outcome) throws CoseException {
    CBORObject claims = claims();
    CBORObject further = numbered(CBORObject.FromJSONString(json.replace('\'', '"')));
    further.getKeys().forEach(label -> claims.set(label, further.get(label)));

    assertThat(verdict(HMAC, mac(claims, AlgorithmID.HMAC_SHA_256, "k1"), null)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "52, 4, cb007109, 203.0.113.9, granted",
    "52, , cb007109, 203.0.113.9, granted",
    "52, , cb007109, 203.0.113.8, wrong-address",
    "52, 24, cb0071, 203.0.113.200, granted",
    "52, 24, cb007100, 203.0.114.1, wrong-address",
    "52, 32, cb007109, 203.0.113.9, granted",
    "52, 33, cb007100, 203.0.113.0, wrong-address",
    "52, 0, '', 203.0.113.9, granted",
    "52, -1, cb007100, 203.0.113.0, wrong-address",
    "52, 24, cb007100cb, 203.0.113.0, wrong-address",
    "52, , cb0071, 203.0.113.0, wrong-address",
    "52, 0, cb007100, 2001:db8::1, wrong-address",
    "54, 32, 20010db8, 2001:db8::1, granted",
    "54, 32, 20010db8, 2001:db9::1, wrong-address",
    "54, , 20010db8000000000000000000000001, 2001:db8::1, granted",
    "53, , cb007109, 203.0.113.9, wrong-address",
  })
  void networks_are_judged(int tag, @Nullable Integer bits, String hex, String ip, String outcome)
      throws CoseException {
    byte[] octets = HexFormat.of().parseHex(hex);
    CBORObject value =
        bits == null ? CBORObject.FromObject(octets) : CBORObject.NewArray().Add(bits).Add(octets);
    CBORObject claims = claims();
    claims.set(
        CBORObject.FromObject(311),
        CBORObject.NewArray().Add(CBORObject.FromObjectAndTag(value, tag)));

    assertThat(verdict(HMAC, mac(claims, AlgorithmID.HMAC_SHA_256, "k1"), ClientAddress.parse(ip)))
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, SHA-256, /live/cam/a.b.flv, granted",
    "-2, SHA-512/256, /live/cam/a.b.flv, granted",
    "-3, SHA-256, /live/cam/a.b.flv, out-of-scope",
    "-1, SHA-256, /live/cam/b.flv, out-of-scope",
    "-2, SHA-256, /live/cam/a.b.flv, out-of-scope",
  })
  void a_part_is_matched_by_its_hash(int how, String algorithm, String path, String outcome)
      throws Exception {
    byte[] hash =
        MessageDigest.getInstance(algorithm).digest(path.getBytes(StandardCharsets.US_ASCII));
    CBORObject claims = claims();
    claims.set(
        CBORObject.FromObject(312), CBORObject.NewMap().Add(3, CBORObject.NewMap().Add(how, hash)));

    assertThat(verdict(HMAC, mac(claims, AlgorithmID.HMAC_SHA_256, "k1"), null)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 1893456000.5, granted",
    "4, 1799999999.5, expired",
    "4, -1.5, malformed",
    "4, 1e300, malformed",
    "4, 31556889864403200, granted",
    "4, NaN, malformed",
    "4, 100000.5, expired",
    "4, -100000.5, malformed",
    "5, 1800000000.5, granted",
    "5, 1800000001.5, not-yet-valid",
  })
  void times_may_have_fractions(int label, double time, String outcome) throws CoseException {
    CBORObject claims = claims();
    claims.set(CBORObject.FromObject(label), CBORObject.FromObject(time));

    assertThat(verdict(HMAC, mac(claims, AlgorithmID.HMAC_SHA_256, "k1"), null)).isEqualTo(outcome);
  }

  @Test
  void a_name_that_begins_with_a_dot_is_all_extension() throws CoseException {
    CBORObject claims = claims();
    CBORObject parts = CBORObject.NewMap();
    parts.Add(7, CBORObject.NewMap().Add(0, "")).Add(8, CBORObject.NewMap().Add(0, ".flv"));
    claims.set(CBORObject.FromObject(312), parts);
    String token = mac(claims, AlgorithmID.HMAC_SHA_256, "k1");

    assertThat(UrlVerifier.of(Scheme.CAT, HMAC).verify("/live/.flv?cat=" + token, null, NOW))
        .isInstanceOf(Verdict.Granted.class);
  }

  @Test
  void a_tree_is_a_prefix_and_a_binding_can_be_required() {
    UrlSigner signer = UrlSigner.of(Scheme.CAT, HMAC);
    UrlVerifier bound = UrlVerifier.builder(Scheme.CAT, HMAC).bindIp(true).build();
    ClientAddress client = ClientAddress.parse("2001:db8::7");
    Grant tree = Grant.until(EXPIRY).scope(Scope.TREE);

    String url = signer.sign(URL, tree.boundTo(client));
    String moved = url.replace("/cam/a.b.flv", "/cam/deep/x.flv");

    assertThat(bound.verify(moved, client, NOW).isGranted()).isTrue();
    assertThat(bound.verify(moved.replace("/live/", "/vod/"), client, NOW).isGranted()).isFalse();
    assertThat(bound.verify(signer.sign(URL, tree), client, NOW))
        .isEqualTo(new Verdict.Denied(Verdict.Reason.WRONG_ADDRESS));
    assertThatThrownBy(() -> signer.sign(URL, tree.scope(Scope.DIRECTORY)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> signer.sign(URL, tree.with("cti", "x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_network_has_to_be_one() throws CoseException {
    CBORObject octets = CBORObject.FromObject(new byte[] {(byte) 203, 0, 113, 9});
    CBORObject empty = CBORObject.NewArray();
    for (CBORObject network :
        List.of(
            CBORObject.FromObjectAndTag(7, 52),
            CBORObject.FromObjectAndTag(empty, 52),
            CBORObject.FromObjectAndTag(CBORObject.NewArray().Add("24").Add(octets), 52),
            CBORObject.FromObjectAndTag(CBORObject.NewArray().Add(24).Add("x"), 52),
            octets)) {
      for (CBORObject networks : List.of(CBORObject.NewArray().Add(network), network)) {
        CBORObject claims = claims();
        claims.set(CBORObject.FromObject(311), networks);

        assertThat(
                verdict(
                    HMAC,
                    mac(claims, AlgorithmID.HMAC_SHA_256, "k1"),
                    ClientAddress.parse("203.0.113.9")))
            .isEqualTo("wrong-address");
      }
    }
  }

  @Test
  void labels_are_numbers() throws CoseException {
    CBORObject text = CBORObject.NewMap().Add("0", "/live/cam/a.b.flv");
    for (CBORObject uri :
        List.of(CBORObject.NewMap().Add("3", text), CBORObject.NewMap().Add(3, text))) {
      CBORObject claims = claims();
      claims.set(CBORObject.FromObject(312), uri);

      assertThat(verdict(HMAC, mac(claims, AlgorithmID.HMAC_SHA_256, "k1"), null))
          .isEqualTo("out-of-scope");
    }
  }

  @Test
  void parts_that_a_link_lacks_match_nothing() throws CoseException {
    CBORObject port = CBORObject.NewMap().Add(2, CBORObject.NewMap().Add(0, ""));
    CBORObject stem =
        CBORObject.NewMap()
            .Add(7, CBORObject.NewMap().Add(0, "stream"))
            .Add(8, CBORObject.NewMap().Add(0, ""));
    CBORObject host = CBORObject.NewMap().Add(1, CBORObject.NewMap().Add(1, ""));

    assertThat(opens(port, "https://cdn.example.com/live/stream")).isTrue();
    assertThat(opens(stem, "https://cdn.example.com/live/stream")).isTrue();
    assertThat(opens(stem, "https://cdn.example.com/live/stream.flv")).isFalse();
    assertThat(opens(host, "https://cdn.example.com/live/stream")).isTrue();
    assertThat(opens(host, "/live/stream")).isFalse();
    assertThat(opens(host, "https://a[b/live/stream")).isFalse();
  }

  /** Such a URL is read as far as its token, and no further than that. */
  @Test
  void a_good_token_on_what_is_no_url_is_malformed() {
    String url = UrlSigner.of(Scheme.CAT, HMAC).sign(URL, Grant.until(EXPIRY));
    UrlVerifier verifier = UrlVerifier.of(Scheme.CAT, HMAC);

    for (String odd : List.of(url.replace("cdn.", "cdn "), url + "&x=é", url + "&x=a b")) {
      assertThat(verifier.verify(odd, null, NOW))
          .isEqualTo(new Verdict.Denied(Verdict.Reason.MALFORMED));
    }
  }

  private static boolean opens(CBORObject uri, String url) throws CoseException {
    CBORObject claims = claims();
    claims.set(CBORObject.FromObject(312), uri);
    String token = mac(claims, AlgorithmID.HMAC_SHA_256, "k1");
    return UrlVerifier.of(Scheme.CAT, HMAC).verify(url + "?cat=" + token, null, NOW).isGranted();
  }

  @Test
  void a_token_may_be_endless_but_is_a_map() throws CoseException {
    assertThat(verdict(HMAC, mac(CBORObject.NewMap(), AlgorithmID.HMAC_SHA_256, "k1"), null))
        .isEqualTo("granted");
    assertThat(verdict(HMAC, mac(CBORObject.NewArray(), AlgorithmID.HMAC_SHA_256, "k1"), null))
        .isEqualTo("malformed");
    assertThat(verdict(HMAC, "", null)).isEqualTo("malformed");
    assertThat(verdict(HMAC, "!", null)).isEqualTo("malformed");
  }

  @Test
  void an_edge_may_insist_on_a_scope_that_no_claims_can_say() {
    String url = UrlSigner.of(Scheme.CAT, HMAC).sign(URL, Grant.until(EXPIRY));

    assertThat(
            UrlVerifier.builder(Scheme.CAT, HMAC).scope(Scope.TREE).build().verify(url, null, NOW))
        .isEqualTo(new Verdict.Denied(Verdict.Reason.OUT_OF_SCOPE));
    assertThat(
            UrlVerifier.builder(Scheme.CAT, HMAC)
                .scope(Scope.PATTERN)
                .build()
                .verify(url, null, NOW)
                .isGranted())
        .isTrue();
  }

  @Test
  void an_expiry_beyond_32_bits_is_written() {
    Instant far = Instant.ofEpochSecond(1L << 33);
    String url = UrlSigner.of(Scheme.CAT, HMAC).sign(URL, Grant.until(far));

    assertThat(UrlVerifier.of(Scheme.CAT, HMAC).verify(url, null, far))
        .isEqualTo(new Verdict.Granted("k1", Scope.PATTERN, far));
  }

  private static CBORObject claims() {
    return CBORObject.NewMap().Add(4, EXPIRY.getEpochSecond());
  }

  /** JSON has no integer keys. */
  private static CBORObject numbered(CBORObject json) {
    if (json.getType() != CBORType.Map) {
      return json;
    }
    CBORObject map = CBORObject.NewMap();
    json.getKeys()
        .forEach(key -> map.Add(Integer.parseInt(key.AsString()), numbered(json.get(key))));
    return map;
  }

  private static String mac(CBORObject claims, AlgorithmID algorithm, @Nullable String keyId)
      throws CoseException {
    MAC0Message message = new MAC0Message();
    message.addAttribute(HeaderKeys.Algorithm, algorithm.AsCBOR(), Attribute.PROTECTED);
    if (keyId != null) {
      message.addAttribute(
          HeaderKeys.KID,
          CBORObject.FromObject(keyId.getBytes(StandardCharsets.US_ASCII)),
          Attribute.UNPROTECTED);
    }
    message.SetContent(claims.EncodeToBytes());
    message.Create(BYTES);
    return encoded(message.EncodeToBytes());
  }

  private static String sign(CBORObject claims) throws CoseException {
    Sign1Message message = new Sign1Message();
    message.addAttribute(HeaderKeys.Algorithm, AlgorithmID.ECDSA_256.AsCBOR(), Attribute.PROTECTED);
    message.SetContent(claims.EncodeToBytes());
    message.sign(new OneKey(TestKeys.P256.getPublic(), TestKeys.P256.getPrivate()));
    return encoded(message.EncodeToBytes());
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] token(String url) {
    return Base64.getUrlDecoder().decode(url.substring(url.indexOf("cat=") + 4));
  }

  private static String verdict(KeyRing keys, String token, @Nullable ClientAddress client) {
    Verdict verdict =
        UrlVerifier.of(Scheme.CAT, keys).verify(URL + "?x=1&cat=" + token, client, NOW);
    return verdict instanceof Verdict.Denied denied ? denied.reason().word() : "granted";
  }
}
