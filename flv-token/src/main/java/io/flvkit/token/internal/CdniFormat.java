package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.flvkit.token.CanonicalPath;
import io.flvkit.token.Grant;
import io.flvkit.token.Link;
import io.flvkit.token.Scope;
import io.flvkit.token.Verdict;
import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Reason;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** CDNI URI Signing (RFC 9246): a JWS in compact form (RFC 7515) in the query. */
public final class CdniFormat implements TokenFormat {
  /** The formula for people. */
  public static final String FORMULA =
      "?URISigningPackage={jws}  jws = JWT (HS256, or ES256 with a PEM key) with kid, exp, nbf,"
          + " cdniv=1, cdniuc=regex:.. or hash:sha-256;.. over the URI without the token";

  private static final String TOKEN = "URISigningPackage";
  private static final Set<String> FIELDS = Set.of("iss", "sub", "cdniuc");
  private static final Pattern JWE = Pattern.compile("[\\w-]*(\\.[\\w-]*){4}");
  private static final int MAX_SIGNATURE_BYTES = 64;

  @Override
  public Set<String> parameters() {
    return Set.of(TOKEN);
  }

  @Override
  public Signer signer(Key key, Rules rules) {
    JoseKey jose = JoseKey.signing(key);
    return (link, grant) -> {
      String header =
          Json.write(Map.of("alg", jose.isSymmetric() ? "HS256" : "ES256", "kid", key.id()));
      String signed = encode(header.getBytes(UTF_8)) + "." + encode(claims(link, grant));
      String token = signed + "." + encode(jose.sign(signed.getBytes(US_ASCII)));
      return link.with(link.path(), Query.with(link.query(), TOKEN + "=" + token));
    };
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] claims(Link link, Grant grant) {
    if (grant.address().isPresent() || !FIELDS.containsAll(grant.fields().keySet())) {
      throw new IllegalArgumentException(
          "the scheme binds links to no address here, and knows the fields " + FIELDS);
    }
    if (!JWE.matcher(grant.fields().getOrDefault("sub", "....")).matches()) {
      throw new IllegalArgumentException("the subject is a JWE in compact form (RFC 9246, 2.1.2)");
    }
    Map<String, Object> claims = new LinkedHashMap<>(grant.fields());
    claims.put("cdniv", 1);
    claims.put("exp", grant.expiry().getEpochSecond());
    grant.notBefore().ifPresent(start -> claims.put("nbf", start.getEpochSecond()));
    claims.computeIfAbsent("cdniuc", name -> container(link, grant.scope()));
    return Json.write(claims).getBytes(UTF_8);
  }

  /** The scope as a regular expression that any flavour reads; other parameters are free. */
  private static String container(Link link, Scope scope) {
    String host = CdniUri.origin(link).replaceFirst("^[a-z]+://", "");
    CanonicalPath path = link.path();
    String rest =
        switch (scope) {
          case EXACT -> quoted(path.encoded());
          case DIRECTORY -> quoted(path.directory().encoded()) + "[^/?]*";
          case TREE -> quoted(path.directory().encoded()) + "[^?]*";
          case PATTERN ->
              throw new IllegalArgumentException("patterns are set as the field cdniuc");
        };
    return "regex:https?://" + (host.isEmpty() ? "[^/]+" : quoted(host)) + rest + "(\\?.*)?";
  }

  private static String quoted(String text) {
    return text.replaceAll("[.\\\\+*?\\[\\](){}^$|]", "\\\\$0");
  }

  @Override
  public Verifier verifier(List<Key> keys, Rules rules) {
    if (rules.bindIp()) {
      throw new IllegalArgumentException("the scheme encrypts addresses, which is not supported");
    }
    if (rules.skewSeconds() > 0) {
      throw new IllegalArgumentException("the scheme allows no clock skew (RFC 9246, 2.1.4)");
    }
    List<JoseKey> candidates = keys.stream().map(JoseKey::verifying).toList();
    Rules strict = rules.strict();
    return (link, workspace, client, now) -> verify(link, candidates, strict, now);
  }

  private Verdict verify(Link link, List<JoseKey> keys, Rules rules, Instant now) {
    Parameter parameter = Parameter.oneOf(link, TOKEN);
    if (parameter.value() == null) {
      return new Denied(parameter.problem());
    }
    String[] parts = parameter.value().split("\\.", -1);
    Map<String, Object> header = parts.length == 3 ? object(parts[0]) : null;
    Map<String, Object> claims = parts.length == 3 ? object(parts[1]) : null;
    byte[] signature = parts.length == 3 ? decode(parts[2], MAX_SIGNATURE_BYTES) : null;
    if (header == null || claims == null || signature == null || header.containsKey("crit")) {
      return new Denied(Reason.MALFORMED);
    }
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(US_ASCII);
    Keys found = Keys.named(keys, header.get("kid"));
    JoseKey key =
        found.prover(signed, signature, symmetric -> alg(symmetric).equals(header.get("alg")));
    if (key == null) {
      return new Denied(found.problem());
    }
    CdniClaims read = new CdniClaims(claims);
    Reason problem = read.problem(CdniUri.of(withoutToken(link)));
    if (problem != null || rules.excludes(Scope.PATTERN)) {
      return new Denied(problem == null ? Reason.OUT_OF_SCOPE : problem);
    }
    return rules.judge(key.key(), Scope.PATTERN, read.startSeconds(), read.expirySeconds(), now);
  }

  private static String alg(boolean symmetric) {
    return symmetric ? "HS256" : "ES256";
  }

  private static @Nullable Map<String, Object> object(String part) {
    byte[] json = decode(part, part.length());
    return json == null ? null : Json.object(new String(json, UTF_8));
  }

  private static byte @Nullable [] decode(String part, int maxBytes) {
    byte[] bytes = new byte[maxBytes];
    int count = Base64Url.decode(part, 0, bytes);
    return count < 0 ? null : java.util.Arrays.copyOf(bytes, count);
  }
}
