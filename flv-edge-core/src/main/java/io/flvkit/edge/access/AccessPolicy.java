package io.flvkit.edge.access;

import io.flvkit.edge.access.AccessVerdict.Allowed;
import io.flvkit.edge.access.AccessVerdict.Denied;
import io.flvkit.token.CanonicalPath;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one mount. They are asked in order; the first that denies ends it, and all must
 * allow. As long as rules answer at once, so does the policy. A rule that fails denies with reason
 * {@code error}, one that takes longer than {@link #answerWithin} with {@code timeout}.
 */
public final class AccessPolicy {
  /** Everybody may read. */
  public static final AccessPolicy OPEN = of();

  /** How long a rule that answers later may take, unless told otherwise. */
  public static final Duration DEFAULT_ANSWER_WITHIN = Duration.ofSeconds(5);

  private static final CompletableFuture<AccessVerdict> ALLOWED =
      CompletableFuture.completedFuture(AccessVerdict.ALLOWED);

  private final List<AccessRule> rules;
  private final Duration answerWithin;
  private final Set<String> secretParameters;

  private AccessPolicy(List<AccessRule> rules, Duration answerWithin) {
    this.rules = List.copyOf(rules);
    this.answerWithin = answerWithin;
    this.secretParameters =
        rules.stream()
            .flatMap(rule -> rule.secretParameters().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** A policy of these rules, asked in this order. */
  public static AccessPolicy of(AccessRule... rules) {
    return new AccessPolicy(List.of(rules), DEFAULT_ANSWER_WITHIN);
  }

  /** A policy of these rules, asked in this order. */
  public static AccessPolicy of(List<AccessRule> rules) {
    return new AccessPolicy(rules, DEFAULT_ANSWER_WITHIN);
  }

  /** The same rules with another deadline for each that answers later. */
  public AccessPolicy answerWithin(Duration deadline) {
    return new AccessPolicy(rules, deadline);
  }

  /** The rules, in the order in which they are asked. */
  public List<AccessRule> rules() {
    return rules;
  }

  /** The query parameters that carry secrets: not for logs, origins and cache keys. */
  public Set<String> secretParameters() {
    return Set.copyOf(secretParameters);
  }

  /** What is asked for by {@code sent}: see {@link AccessRule#resource}. */
  public CanonicalPath resource(CanonicalPath sent) {
    CanonicalPath resource = sent;
    for (AccessRule rule : rules) {
      resource = rule.resource(resource);
    }
    return resource;
  }

  /** Where a client is, as far as a rule knows; null: none does. */
  public @Nullable String country(InetAddress client) {
    for (AccessRule rule : rules) {
      try {
        String country = rule.country(client);
        if (country != null) {
          return country;
        }
      } catch (RuntimeException e) {
        return null; // the rule denies for that, when it is asked
      }
    }
    return null;
  }

  /** The shortest {@link AccessRule#maxSession}; zero: none of the rules has one. */
  public Duration maxSession() {
    return rules.stream()
        .map(AccessRule::maxSession)
        .filter(limit -> !limit.isZero())
        .min(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /**
   * Asks the rules. The stage never fails; it is complete on return unless a rule answers later.
   */
  public CompletionStage<AccessVerdict> check(AccessRequest request) {
    return checkFrom(0, request);
  }

  private CompletableFuture<AccessVerdict> checkFrom(int first, AccessRequest request) {
    for (int i = first; i < rules.size(); i++) {
      CompletableFuture<AccessVerdict> answer = ask(rules.get(i), request);
      if (!answer.isDone()) {
        int next = i + 1;
        return answer.thenCompose(
            verdict ->
                verdict instanceof Allowed
                    ? checkFrom(next, request)
                    : CompletableFuture.completedFuture(verdict));
      }
      if (answer.join() instanceof Denied) {
        return answer;
      }
    }
    return ALLOWED.copy();
  }

  private CompletableFuture<AccessVerdict> ask(AccessRule rule, AccessRequest request) {
    CompletableFuture<AccessVerdict> answer;
    try {
      answer = rule.check(request).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(AccessVerdict.denied(rule.name(), "error"));
    }
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      return answer;
    }
    return answer
        .copy()
        .orTimeout(answerWithin.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> AccessVerdict.denied(rule.name(), reasonOf(failure)));
  }

  private static String reasonOf(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof TimeoutException ? "timeout" : "error";
  }
}
