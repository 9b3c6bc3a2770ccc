package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flvkit.token.CanonicalPath;
import io.flvkit.token.ClientAddress;
import io.flvkit.token.Grant;
import io.flvkit.token.Link;
import io.flvkit.token.Scope;
import io.flvkit.token.Verdict;
import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Common Access Token (CTA-5007) in the query. */
public final class CatFormat implements TokenFormat {
  /** The formula for people. */
  public static final String FORMULA =
      "?cat={cwt}  cwt = BASE64URL CWT (COSE_Mac0 HS256, or COSE_Sign1 ES256 with a PEM key) with"
          + " kid, exp, nbf, catv, catu (path), catm (GET), catnip (address)";

  private static final String TOKEN = "cat";
  private static final String LONG_TOKEN = "CTA-Common-Access-Token";
  private static final Set<String> FIELDS = Set.of("iss", "sub");

  @Override
  public Set<String> parameters() {
    return Set.of(TOKEN, LONG_TOKEN);
  }

  @Override
  public Signer signer(Key key, Rules rules) {
    JoseKey jose = JoseKey.signing(key);
    return (link, grant) -> {
      byte[] payload = CborWriter.write(claims(link.path(), grant));
      byte[] cwt = CoseMessage.write(jose, key.id().getBytes(US_ASCII), payload);
      String token = Base64.getUrlEncoder().withoutPadding().encodeToString(cwt);
      return link.with(link.path(), Query.with(link.query(), TOKEN + "=" + token));
    };
  }

  private static Map<Object, Object> claims(CanonicalPath path, Grant grant) {
    if (!FIELDS.containsAll(grant.fields().keySet())) {
      throw new IllegalArgumentException("the fields are " + FIELDS);
    }
    Map<Object, Object> claims = new LinkedHashMap<>();
    putText(claims, CatClaims.ISS, grant.fields().get("iss"));
    putText(claims, CatClaims.SUB, grant.fields().get("sub"));
    claims.put(CatClaims.EXP, grant.expiry().getEpochSecond());
    grant.notBefore().ifPresent(start -> claims.put(CatClaims.NBF, start.getEpochSecond()));
    claims.put(CatClaims.CATV, 1L);
    grant.address().ifPresent(ip -> claims.put(CatClaims.CATNIP, List.of(network(ip, grant))));
    claims.put(CatClaims.CATU, uri(path, grant.scope()));
    claims.put(CatClaims.CATM, List.of("GET", "HEAD"));
    return claims;
  }

  private static void putText(Map<Object, Object> claims, long label, @Nullable String value) {
    if (value != null) {
      claims.put(label, value);
    }
  }

  private static Cbor.Tagged network(ClientAddress address, Grant grant) {
    long tag = address.bits() == 32 ? CatClaims.IPV4_TAG : CatClaims.IPV6_TAG;
    Object value =
        grant.isBoundToNetwork()
            ? List.of((long) grant.prefixBits(), masked(address.octets(), grant.prefixBits()))
            : address.octets();
    return new Cbor.Tagged(tag, value);
  }

  private static byte[] masked(byte[] octets, int bits) {
    for (int bit = bits; bit < 8 * octets.length; bit++) {
      octets[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    return octets;
  }

  private static Map<Object, Object> uri(CanonicalPath path, Scope scope) {
    String directory = path.directory().encoded();
    return switch (scope) {
      case EXACT -> Map.of(CatUri.PATH, Map.of(CatUri.EXACT, path.encoded()));
      case TREE -> Map.of(CatUri.PATH, Map.of(CatUri.PREFIX, directory));
      case DIRECTORY, PATTERN ->
          throw new IllegalArgumentException("the scheme opens exact paths and trees");
    };
  }

  @Override
  public Verifier verifier(List<Key> keys, Rules rules) {
    List<JoseKey> candidates = keys.stream().map(JoseKey::verifying).toList();
    return (link, workspace, client, now) -> verify(link, client, candidates, rules, now);
  }

  private Verdict verify(
      Link link, @Nullable ClientAddress client, List<JoseKey> keys, Rules rules, Instant now) {
    Parameter parameter = Parameter.oneOf(link, TOKEN, LONG_TOKEN);
    if (parameter.value() == null) {
      return new Denied(parameter.problem());
    }
    CoseMessage message = decode(parameter.value());
    if (message == null) {
      return new Denied(Reason.MALFORMED);
    }
    byte[] keyId = message.keyId();
    Keys found = Keys.named(keys, keyId == null ? null : new String(keyId, US_ASCII));
    JoseKey key = found.prover(message.signed(), message.proof(), message::fits);
    if (key == null) {
      return new Denied(found.problem());
    }
    if (!(Cbor.read(message.payload()) instanceof Map<?, ?> map)) {
      return new Denied(Reason.MALFORMED);
    }
    CatClaims claims = new CatClaims(map);
    Reason problem = claims.problem(withoutToken(link), client, rules.bindIp());
    if (problem != null || rules.excludes(Scope.PATTERN)) {
      return new Denied(problem == null ? Reason.OUT_OF_SCOPE : problem);
    }
    return rules.judge(
        key.key(), Scope.PATTERN, claims.startSeconds(), claims.expirySeconds(), now);
  }

  private static @Nullable CoseMessage decode(String text) {
    byte[] bytes = new byte[text.length()];
    int count = Base64Url.decode(text, 0, bytes);
    return count < 0 ? null : CoseMessage.read(Arrays.copyOf(bytes, count));
  }
}
