package io.flvkit.edge.access;

import io.flvkit.token.BadPathException;
import io.flvkit.token.CanonicalPath;
import io.flvkit.token.ClientAddress;
import io.flvkit.token.Link;
import io.flvkit.token.UrlVerifier;
import io.flvkit.token.Verdict;
import io.flvkit.token.Verdict.Reason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Allows links that were signed. Denies with the words of {@link Reason} and 403; an expired token
 * with {@code expiredStatus}.
 *
 * @param verifier holds scheme, keys and options
 * @param expiredStatus the status for a token that was good once, 400 to 499
 * @param maxSession how long a response may run; zero: without end, also past the token's expiry
 */
public record TokenRule(UrlVerifier verifier, int expiredStatus, Duration maxSession)
    implements AccessRule {
  /** The status for an expired token unless told otherwise: 410. */
  public static final int DEFAULT_EXPIRED_STATUS = 410;

  public TokenRule {
    if (expiredStatus < 400 || expiredStatus > 499) {
      throw new IllegalArgumentException("must be a status of 400 to 499");
    }
    if (maxSession.isNegative()) {
      throw new IllegalArgumentException("a session is not shorter than nothing");
    }
  }

  /** A rule that answers 410 to expired tokens. */
  public static TokenRule of(UrlVerifier verifier) {
    return new TokenRule(verifier, DEFAULT_EXPIRED_STATUS, Duration.ZERO);
  }

  @Override
  public String name() {
    return "token";
  }

  @Override
  public CompletionStage<AccessVerdict> check(AccessRequest request) {
    Verdict verdict = verdict(request);
    return CompletableFuture.completedFuture(
        verdict instanceof Verdict.Denied denied ? denied(denied.reason()) : AccessVerdict.ALLOWED);
  }

  private Verdict verdict(AccessRequest request) {
    Link link;
    try {
      link = Link.of(request.sentPath(), request.rawQuery()).at(request.origin());
    } catch (BadPathException e) {
      return new Verdict.Denied(Reason.MALFORMED);
    }
    return verifier.verify(link, ClientAddress.of(request.client()), request.now());
  }

  @Override
  public CanonicalPath resource(CanonicalPath sent) {
    return verifier.withoutToken(sent);
  }

  private AccessVerdict denied(Reason reason) {
    return reason == Reason.EXPIRED
        ? new AccessVerdict.Denied(name(), reason.word(), expiredStatus)
        : AccessVerdict.denied(name(), reason.word());
  }

  @Override
  public Set<String> secretParameters() {
    return verifier.scheme().parameters();
  }
}
