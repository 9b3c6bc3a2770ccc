package io.flvkit.edge.access;

import io.flvkit.token.ClientAddress;
import io.flvkit.token.UrlVerifier;
import io.flvkit.token.Verdict;
import io.flvkit.token.Verdict.Reason;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Allows links that were signed. Denies with the words of {@link Reason} and 403; an expired token
 * with {@code expiredStatus}.
 *
 * @param verifier holds scheme, keys and options
 * @param expiredStatus the status for a token that was good once, 400 to 499
 */
public record TokenRule(UrlVerifier verifier, int expiredStatus) implements AccessRule {
  /** The status for an expired token unless told otherwise: 410. */
  public static final int DEFAULT_EXPIRED_STATUS = 410;

  public TokenRule {
    if (expiredStatus < 400 || expiredStatus > 499) {
      throw new IllegalArgumentException("must be a status of 400 to 499");
    }
    if (verifier.scheme().carriesInPath()) {
      throw new IllegalArgumentException(
          "carries its token in the path, which the edge does not take");
    }
  }

  /** A rule that answers 410 to expired tokens. */
  public static TokenRule of(UrlVerifier verifier) {
    return new TokenRule(verifier, DEFAULT_EXPIRED_STATUS);
  }

  @Override
  public String name() {
    return "token";
  }

  @Override
  public CompletionStage<AccessVerdict> check(AccessRequest request) {
    Verdict verdict =
        verifier.verify(
            request.path(), request.rawQuery(), ClientAddress.of(request.client()), request.now());
    return CompletableFuture.completedFuture(
        verdict instanceof Verdict.Denied denied ? denied(denied.reason()) : AccessVerdict.ALLOWED);
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
