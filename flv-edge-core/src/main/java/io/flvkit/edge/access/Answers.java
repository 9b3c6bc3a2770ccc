package io.flvkit.edge.access;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers that are given at once. */
final class Answers {
  private Answers() {}

  static CompletionStage<AccessVerdict> allowedIf(boolean allowed, String rule, String reason) {
    return CompletableFuture.completedFuture(
        allowed ? AccessVerdict.ALLOWED : AccessVerdict.denied(rule, reason));
  }
}
