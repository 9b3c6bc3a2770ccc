package io.flvkit.bench.macro;

import io.flvkit.bench.macro.origin.StreamShape;
import java.util.Locale;

/** What can be measured: a stream, a crowd, how writes are merged, and what is asked of it. */
enum Row {
  A1000(StreamShape.A, 1_000, 500, 0, 200),
  A1000_PER_TAG(StreamShape.A, 1_000, 500, 0, 0),
  A4000_100(StreamShape.A, 4_000, 1_000, 100, 100),
  A8000(StreamShape.A, 8_000, 2_000, 350, 350),
  A12000(StreamShape.A, 12_000, 2_000, 350, 350),
  B8000(StreamShape.B, 8_000, 2_000, 350, 350),
  B19000(StreamShape.B, 19_000, 2_000, 350, 350),
  CROWD5000(StreamShape.A, 5_000, 5_000, 350, 350),
  JOIN(StreamShape.A, 200, 100, 0, 200),
  STOPPED4000(StreamShape.A, 4_000, 1_000, 350, 350),
  MEMORY(StreamShape.A, 12_000, 2_000, 350, 350),
  ALLOC(StreamShape.A, 4_000, 1_000, 350, 350);

  private static final int SAMPLED = 50;
  private static final int SAMPLED_FOR_STARTUP = 500;

  private final StreamShape shape;
  private final int viewers;
  private final int joinsPerSecond;
  private final int limitMergeMillis;
  private final int budgetMillis;

  /**
   * Makes a row.
   *
   * @param limitMergeMillis how the limit program merges writes; 0: it writes each tag at once
   * @param budgetMillis the edge's latencyBudget
   */
  Row(StreamShape shape, int viewers, int joinsPerSecond, int limitMergeMillis, int budgetMillis) {
    this.shape = shape;
    this.viewers = viewers;
    this.joinsPerSecond = joinsPerSecond;
    this.limitMergeMillis = limitMergeMillis;
    this.budgetMillis = budgetMillis;
  }

  StreamShape shape() {
    return shape;
  }

  int viewers() {
    return viewers;
  }

  int joinsPerSecond() {
    return joinsPerSecond;
  }

  int limitMergeMillis() {
    return limitMergeMillis;
  }

  int budgetMillis() {
    return budgetMillis;
  }

  /** Start-up has a sample per viewer only, lag one per tag. */
  int sampled() {
    boolean ofStartup = this == CROWD5000 || this == JOIN;
    return Math.min(viewers, ofStartup ? SAMPLED_FOR_STARTUP : SAMPLED);
  }

  /** The row that the command line calls {@code name}. */
  static Row named(String name) {
    return Row.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** As in the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String description() {
    return String.format(
        Locale.ROOT,
        "%,d viewers of %s (%d + %d kbit/s), %,d joins a second; limit %s, edge latencyBudget %d ms",
        viewers,
        shape.name(),
        shape.videoKbps(),
        shape.audioKbps(),
        joinsPerSecond,
        limitMergeMillis == 0 ? "a write per tag" : "a write each " + limitMergeMillis + " ms",
        budgetMillis);
  }
}
