package io.flvkit.edge.live;

import io.flvkit.edge.origin.OriginAnswer;
import io.flvkit.edge.origin.PullFailure;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One round over the origins: which is asked next, and what came of it. */
final class OriginSearch {
  private final ArrayDeque<Integer> left = new ArrayDeque<>();
  private final boolean ofAll;
  private @Nullable OriginAnswer lastAnswer;
  private @Nullable PullFailure lastFailure;
  private String lastDetail = "";
  private boolean onlyClientErrors = true;

  private OriginSearch(boolean ofAll) {
    this.ofAll = ofAll;
  }

  /** All origins, in that order. */
  static OriginSearch ofAll(List<Integer> order) {
    OriginSearch search = new OriginSearch(true);
    search.left.addAll(order);
    return search;
  }

  /** Only that origin, of several. */
  static OriginSearch only(int origin) {
    OriginSearch search = new OriginSearch(false);
    search.left.add(origin);
    return search;
  }

  /** Index of the next origin to ask, or -1. */
  int next() {
    Integer index = left.poll();
    return index == null ? -1 : index;
  }

  void refused(OriginAnswer answer) {
    lastAnswer = answer;
    onlyClientErrors &= answer.isClientError();
  }

  void failed(PullFailure failure, String detail) {
    lastFailure = failure;
    lastDetail = detail;
    onlyClientErrors = false;
  }

  /** Whether every origin there is said that there is no such stream. */
  boolean isDeniedByAll() {
    return ofAll && onlyClientErrors && lastAnswer != null;
  }

  /** What a viewer hears when no origin served: the last answer, else the kind of failure. */
  LiveAnswer verdict() {
    if (lastAnswer != null) {
      return new LiveAnswer.Refused(lastAnswer);
    }
    boolean timeout = lastFailure != null && lastFailure.isTimeout();
    return new LiveAnswer.Failed(timeout, lastDetail);
  }
}
