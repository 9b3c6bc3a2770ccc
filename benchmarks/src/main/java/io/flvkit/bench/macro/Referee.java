package io.flvkit.bench.macro;

import io.flvkit.bench.macro.load.WindowResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says when figures must not be compared. */
final class Referee {
  private static final double LOAD_AVERAGE_MAX = 3;
  private static final double LOAD_CORES_MAX = 0.9;

  private Referee() {}

  /** Why there is no ratio of these windows, if there is none. */
  static Optional<String> objection(
      double loadAverageBefore, List<WindowResult> edge, List<WindowResult> limit) {
    if (limit.isEmpty()) {
      return Optional.of("no limit program");
    }
    if (loadAverageBefore > LOAD_AVERAGE_MAX) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the machine was busy: load average %.1f > %.0f",
              loadAverageBefore,
              LOAD_AVERAGE_MAX));
    }
    double busiest =
        Math.max(
            edge.stream().mapToDouble(WindowResult::loadCores).max().orElse(0),
            limit.stream().mapToDouble(WindowResult::loadCores).max().orElse(0));
    if (busiest > LOAD_CORES_MAX) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the viewers' process was the bottleneck: %.2f cores > %.1f",
              busiest,
              LOAD_CORES_MAX));
    }
    if (edge.stream().anyMatch(WindowResult::isBroken)) {
      return Optional.of("the edge did not serve every viewer");
    }
    if (limit.stream().anyMatch(WindowResult::isBroken)) {
      return Optional.of("the limit program did not serve every viewer");
    }
    return Optional.empty();
  }
}
