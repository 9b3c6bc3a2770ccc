package io.flvkit.codec;

import java.util.ArrayList;
import java.util.List;

/** Problems up to a number, and a count of the rest. Errors make the list even when it is full. */
final class ProblemList {
  private final int max;
  private final List<FlvProblem> kept = new ArrayList<>();
  private long omitted;
  private boolean lastIsError;

  ProblemList(int max) {
    this.max = max;
  }

  void add(FlvProblem problem) {
    if (kept.size() < max) {
      kept.add(problem);
      return;
    }
    omitted++;
    if (problem.severity() == FlvProblem.Severity.ERROR && !lastIsError) {
      kept.set(max - 1, problem);
      lastIsError = true;
    }
  }

  List<FlvProblem> kept() {
    return List.copyOf(kept);
  }

  long omitted() {
    return omitted;
  }
}
