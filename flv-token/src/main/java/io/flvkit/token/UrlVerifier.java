package io.flvkit.token;

import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Reason;
import io.flvkit.token.internal.Rules;
import io.flvkit.token.internal.TokenFormat;
import io.flvkit.token.internal.Workspace;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signed links against the keys of a ring. The time is an argument. Safe for any number of
 * threads; a new set of keys is a new verifier.
 */
public final class UrlVerifier {
  /** The most that {@link Builder#clockSkew} takes. */
  public static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(30);

  private final Scheme scheme;
  private final KeyRing keys;
  private final TokenFormat.Verifier verifier;

  private UrlVerifier(Scheme scheme, KeyRing keys, Rules rules) {
    this.scheme = scheme;
    this.keys = keys;
    this.verifier = scheme.format().verifier(keys.keys(), rules);
  }

  /** Returns a verifier of exact, unbound links without clock skew. */
  public static UrlVerifier of(Scheme scheme, KeyRing keys) {
    return builder(scheme, keys).build();
  }

  /** Starts a verifier with options. */
  public static Builder builder(Scheme scheme, KeyRing keys) {
    return new Builder(scheme, keys);
  }

  /**
   * Verifies a URL, absolute or from its path on. {@code client} may be null if links are not bound
   * to addresses. Never throws on whatever {@code url} is: what cannot be read is denied. Looks at
   * the path and at what belongs to the token; whether the rest is a URL is for others to say.
   */
  public Verdict verify(String url, @Nullable ClientAddress client, Instant now) {
    try {
      Workspace workspace = Workspace.begin();
      return verifier.verify(Link.unchecked(url, workspace), workspace, client, now);
    } catch (BadPathException e) {
      return new Denied(Reason.MALFORMED);
    }
  }

  /** Verifies a request as a server has it; {@code rawQuery} is as sent, without question mark. */
  public Verdict verify(
      CanonicalPath path, @Nullable String rawQuery, @Nullable ClientAddress client, Instant now) {
    try {
      return verify(Link.of(path, rawQuery), client, now);
    } catch (BadPathException e) {
      return new Denied(Reason.MALFORMED);
    }
  }

  /** Verifies a link, for schemes whose tokens name the host too: see {@link Link#at}. */
  public Verdict verify(Link link, @Nullable ClientAddress client, Instant now) {
    return verifier.verify(link, Workspace.begin(), client, now);
  }

  /**
   * Returns {@code url} without any part of a token: for cache keys and origin requests. Other
   * parameters stay as they are. Throws {@link BadPathException} if its path is refused.
   */
  public String withoutToken(String url) {
    return withoutToken(Link.parse(url)).toString();
  }

  /** As {@link #withoutToken(String)}. */
  public Link withoutToken(Link link) {
    return scheme.format().withoutToken(link);
  }

  /** Returns the path of the file itself, if a token stands before it; else {@code path}. */
  public CanonicalPath withoutToken(CanonicalPath path) {
    return scheme.carriesInPath() ? withoutToken(Link.of(path, null)).path() : path;
  }

  /** Returns the scheme. */
  public Scheme scheme() {
    return scheme;
  }

  /** Shows the scheme and the key ids. */
  @Override
  public String toString() {
    return "UrlVerifier[" + scheme + ", " + keys + "]";
  }

  /** Options of a verifier. Confined to one thread. */
  public static final class Builder {
    private final Scheme scheme;
    private final KeyRing keys;
    private Scope scope = Scope.EXACT;
    private boolean bindIp;
    private boolean strictExpiry;
    private Duration clockSkew = Duration.ZERO;
    private Duration validity = Duration.ZERO;
    private String salt = "";

    private Builder(Scheme scheme, KeyRing keys) {
      this.scheme = scheme;
      this.keys = keys;
    }

    /**
     * Says what a token opens whose scheme cannot say it: exactly the signed path by default. Any
     * scope but that is required of tokens that do say it, too.
     */
    public Builder scope(Scope scope) {
      this.scope = scope;
      return this;
    }

    /**
     * Takes only tokens bound to the client's address. By default a token is bound if it says so;
     * one whose scheme has no way to say it is not.
     */
    public Builder bindIp(boolean bindIp) {
      this.bindIp = bindIp;
      return this;
    }

    /** Refuses a link at its expiry second already; by default that second is still good. */
    public Builder strictExpiry(boolean strictExpiry) {
      this.strictExpiry = strictExpiry;
      return this;
    }

    /**
     * Allows the signer's clock to be off by this much, either way. Throws {@link
     * IllegalArgumentException} if negative or more than {@link #MAX_CLOCK_SKEW}.
     */
    public Builder clockSkew(Duration clockSkew) {
      if (clockSkew.isNegative() || clockSkew.compareTo(MAX_CLOCK_SKEW) > 0) {
        throw new IllegalArgumentException("the clock skew is 0 to " + MAX_CLOCK_SKEW);
      }
      this.clockSkew = clockSkew;
      return this;
    }

    /**
     * Adds this much to the time in a link, for schemes in which that is the time of signing. Zero
     * by default: the time in the link is its expiry.
     */
    public Builder validity(Duration validity) {
      if (validity.isNegative()) {
        throw new IllegalArgumentException("the validity is not negative");
      }
      this.validity = validity;
      return this;
    }

    /** Takes only tokens made with this salt, in {@link Scheme#AKAMAI}. */
    public Builder salt(String salt) {
      this.salt = salt;
      return this;
    }

    /**
     * Returns the verifier. Throws {@link IllegalArgumentException} if the scheme lacks an option.
     */
    public UrlVerifier build() {
      Rules rules =
          new Rules(scope, bindIp, strictExpiry, clockSkew.toSeconds(), validity.toSeconds(), salt);
      return new UrlVerifier(scheme, keys, rules);
    }
  }
}
