package io.flvkit.token;

import io.flvkit.token.internal.Key;
import io.flvkit.token.internal.Rules;
import io.flvkit.token.internal.TokenFormat;
import java.time.Duration;

/**
 * Signs links with the newest key of a ring. Safe for any number of threads.
 *
 * <p>{@code UrlSigner.of(Scheme.GCORE, keys).sign("https://cdn.example.com/live/a.flv",
 * Grant.until(expiry))}
 */
public final class UrlSigner {
  private final Scheme scheme;
  private final KeyRing keys;
  private final Key newest;
  private final TokenFormat.Signer signer;

  private UrlSigner(Scheme scheme, KeyRing keys, Duration validity) {
    this.scheme = scheme;
    this.keys = keys;
    this.newest = keys.keys().get(0);
    Rules rules = new Rules(Scope.EXACT, false, false, 0, validity.toSeconds(), "");
    this.signer = scheme.format().signer(newest, rules);
  }

  /** Returns a signer. Throws {@link IllegalArgumentException} if the key is none of the scheme. */
  public static UrlSigner of(Scheme scheme, KeyRing keys) {
    return new UrlSigner(scheme, keys, Duration.ZERO);
  }

  /**
   * Returns a signer for a CDN which adds {@code validity} to the time in the link, as its operator
   * has set it up: the link then carries its expiry less that time.
   */
  public UrlSigner validity(Duration validity) {
    return new UrlSigner(scheme, keys, validity);
  }

  /**
   * Returns {@code url} with a token; a token that it carries already is replaced. The URL is
   * absolute or begins with its path, percent-encoded. Throws {@link BadPathException} if its path
   * is refused, {@link IllegalArgumentException} if the scheme cannot express {@code grant}.
   */
  public String sign(String url, Grant grant) {
    if (newest.isWiped()) {
      throw new IllegalStateException("the key ring has been wiped");
    }
    return signer.sign(scheme.format().withoutToken(Link.parse(url)), grant).toString();
  }

  /** Shows the scheme and the key ids. */
  @Override
  public String toString() {
    return "UrlSigner[" + scheme + ", " + keys + "]";
  }
}
