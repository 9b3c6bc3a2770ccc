package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flvkit.token.Verdict.Reason;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a CDNI token (RFC 9246, section 2.1). What a verifier without memory and without
 * the issuer's encryption key cannot honour is refused: one-use tokens, encrypted addresses,
 * audiences, versions and critical claims it does not know. Those for renewal ({@code cdniets},
 * {@code cdnistt}, {@code cdnistd}) are read and passed over: a token is never renewed here. The
 * issuer is not compared: whoever has a key of the ring is one that the ring's owner trusts.
 */
final class CdniClaims {
  private static final Set<String> UNDERSTOOD =
      Set.of("iss", "sub", "exp", "nbf", "iat", "cdniv", "cdnicrit", "cdniuc");
  private static final String REGEX = "regex:";
  private static final String HASH = "hash:sha-256;";

  private final Map<String, Object> claims;

  CdniClaims(Map<String, Object> claims) {
    this.claims = claims;
  }

  /** Returns why these claims do not open {@code uri}, times apart; null if they do. */
  @Nullable Reason problem(String uri) {
    Object version = claims.getOrDefault("cdniv", BigDecimal.ONE);
    boolean readable =
        version instanceof BigDecimal number
            && number.compareTo(BigDecimal.ONE) == 0
            && isCriticalUnderstood()
            && !claims.containsKey("jti")
            && isTimeOrAbsent("exp")
            && isTimeOrAbsent("nbf")
            && isRenewalSound();
    if (!readable) {
      return Reason.MALFORMED;
    }
    if (claims.containsKey("aud") || !opens(uri)) {
      return Reason.OUT_OF_SCOPE;
    }
    return claims.containsKey("cdniip") ? Reason.WRONG_ADDRESS : null;
  }

  private boolean isCriticalUnderstood() {
    Object critical = claims.get("cdnicrit");
    return critical == null
        || (critical instanceof String names
            && Arrays.stream(names.split(",", -1))
                .allMatch(name -> UNDERSTOOD.contains(name.strip())));
  }

  /** Nothing is renewed here; a token that asks for it wrongly is refused all the same. */
  private boolean isRenewalSound() {
    return (isTimeOrAbsent("cdniets") && isTimeOrAbsent("cdnistt") && isTimeOrAbsent("cdnistd"))
        && (claims.containsKey("cdniets") || !claims.containsKey("cdnistt"));
  }

  private boolean opens(String uri) {
    if (!(claims.get("cdniuc") instanceof String container)) {
      return false;
    }
    if (container.startsWith(REGEX)) {
      return BoundedMatch.matches(container.substring(REGEX.length()), uri);
    }
    return container.startsWith(HASH) && isHash(container.substring(HASH.length()), uri);
  }

  private static boolean isHash(String digits, String uri) {
    return List.of(digits).contains(Digest.sha256Base64Url(uri.getBytes(UTF_8)));
  }

  private boolean isTimeOrAbsent(String name) {
    Object value = claims.get(name);
    return value == null
        || (value instanceof BigDecimal time
            && time.signum() >= 0
            && time.compareTo(BigDecimal.valueOf(Rules.MAX_SECONDS)) <= 0);
  }

  /** Returns the end in Unix seconds, the last second there is if there is no end. */
  long expirySeconds() {
    return claims.get("exp") instanceof BigDecimal time ? time.longValue() : Rules.MAX_SECONDS;
  }

  /** Returns the start in Unix seconds or {@link Rules#NO_START}. */
  long startSeconds() {
    return claims.get("nbf") instanceof BigDecimal time ? time.longValue() : Rules.NO_START;
  }
}
