package io.flvkit.token;

import java.time.Instant;

/** What a verifier says about a request. */
public sealed interface Verdict {

  /** Returns whether the request may pass. */
  default boolean isGranted() {
    return this instanceof Granted;
  }

  /**
   * The token is good.
   *
   * @param keyId the key that proved it
   * @param scope what it opens
   * @param expiry the last moment it is good for, without clock skew; {@link Instant#MAX} if never
   */
  record Granted(String keyId, Scope scope, Instant expiry) implements Verdict {}

  /** The token is not good, for one reason. */
  record Denied(Reason reason) implements Verdict {}

  /** Why a request is denied. All are a 403 to HTTP but {@link #EXPIRED}, which may be a 410. */
  enum Reason {
    /** No token, or none of its parts that the scheme needs. */
    MISSING("missing"),
    /** A token, path or address that cannot be read, or a parameter given twice. */
    MALFORMED("malformed"),
    /** The token names a key that the ring does not hold. */
    UNKNOWN_KEY("unknown-key"),
    /** Not signed with a key of the ring over this request. */
    BAD_SIGNATURE("bad-signature"),
    /** Was good, is no more. */
    EXPIRED("expired"),
    /** Will be good, is not yet. */
    NOT_YET_VALID("not-yet-valid"),
    /** Good for another client address, or the address is not known. */
    WRONG_ADDRESS("wrong-address"),
    /** Good, but for something else than what is asked for. */
    OUT_OF_SCOPE("out-of-scope");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** Returns the word for logs, counters and the command line. */
    public String word() {
      return word;
    }
  }
}
