package io.flvkit.token.internal;

import io.flvkit.token.Scope;

/**
 * How a verifier was set up.
 *
 * @param scope what a token must be made for, in formats that do not say it themselves
 * @param bindIp whether a token must be bound to the client's address, in such formats
 * @param strictExpiry whether the expiry second itself is too late
 * @param skewSeconds how far the signer's clock may be off, either way
 * @param validitySeconds what the format adds to the time in the token, if that is not the expiry
 */
public record Rules(
    Scope scope, boolean bindIp, boolean strictExpiry, long skewSeconds, long validitySeconds) {

  /** Returns whether a token for {@code expirySeconds} (Unix time) has expired. */
  public boolean expired(long expirySeconds, long nowSeconds) {
    long last = expirySeconds + skewSeconds;
    return strictExpiry ? nowSeconds >= last : nowSeconds > last;
  }

  /** Returns whether a token good from {@code startSeconds} (Unix time) on is not good yet. */
  public boolean early(long startSeconds, long nowSeconds) {
    return nowSeconds < startSeconds - skewSeconds;
  }
}
