package io.flvkit.token.internal;

import io.flvkit.token.Scope;
import io.flvkit.token.Verdict;
import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Granted;
import io.flvkit.token.Verdict.Reason;
import java.time.Instant;

/**
 * How a verifier was set up.
 *
 * @param scope what a token opens that does not say so itself; if not {@link Scope#EXACT}, what any
 *     token has to be made for
 * @param bindIp whether a token must be bound to the client's address
 * @param strictExpiry whether the expiry second itself is too late
 * @param skewSeconds how far the signer's clock may be off, either way
 * @param validitySeconds what is added to the time in the token, if that is not the expiry
 * @param salt what is hashed besides the key, in formats that know one; empty for nothing
 */
public record Rules(
    Scope scope,
    boolean bindIp,
    boolean strictExpiry,
    long skewSeconds,
    long validitySeconds,
    String salt) {

  /** The start of a token that has none. */
  public static final long NO_START = Long.MIN_VALUE;

  static final long MAX_SECONDS = Instant.MAX.getEpochSecond();

  /** Returns these rules for a scheme whose tokens are void at their expiry. */
  Rules strict() {
    return new Rules(scope, bindIp, true, skewSeconds, validitySeconds, salt);
  }

  /** Returns whether tokens that say that they open {@code scope} are not taken here. */
  boolean excludes(Scope said) {
    return scope != Scope.EXACT && scope != said;
  }

  /**
   * Returns the verdict on a token that is good in all but, perhaps, its time. Times are Unix
   * seconds; {@code start} may be {@link #NO_START}.
   */
  public Verdict judge(Key key, Scope granted, long start, long time, Instant now) {
    long nowSeconds = now.getEpochSecond();
    long expiry = Math.min(time + validitySeconds, MAX_SECONDS);
    long last = expiry + skewSeconds;
    if (key.isWiped()) {
      return new Denied(Reason.UNKNOWN_KEY);
    }
    if (start != NO_START && nowSeconds < start - skewSeconds) {
      return new Denied(Reason.NOT_YET_VALID);
    }
    if (strictExpiry ? nowSeconds >= last : nowSeconds > last) {
      return new Denied(Reason.EXPIRED);
    }
    return new Granted(key.id(), granted, Instant.ofEpochSecond(expiry));
  }
}
