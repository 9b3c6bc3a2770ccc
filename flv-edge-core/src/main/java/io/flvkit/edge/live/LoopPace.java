package io.flvkit.edge.live;

/**
 * How long the fan-outs of one event loop rest between two walks, so that bytes collect and a write
 * carries more: the price of delivery is the number of writes. Confined to the loop.
 *
 * <p>The rest grows with the square of the work of one round, which is the walks of all fan-outs of
 * the loop together: hardly any while that is a millisecond or two (nobody waits, and the loop is
 * not full), as long as the work at {@link #KNEE_NANOS}, several times as long beyond. Work and
 * rest together never exceed the latency budget.
 */
final class LoopPace {
  /** Work of a round after which the rest is as long: the loop walks half of its time. */
  private static final long KNEE_NANOS = 20_000_000;

  private long roundNanos;

  /** A fan-out's walk takes this long now; it took {@code beforeNanos} before. */
  void walkTakes(long nanos, long beforeNanos) {
    roundNanos += nanos - beforeNanos;
  }

  /**
   * How long to rest after a walk.
   *
   * @param budgetNanos the most that merging may add to a byte's way
   */
  long restNanos(long budgetNanos) {
    long wanted = (long) ((double) roundNanos * roundNanos / KNEE_NANOS);
    return Math.max(0, Math.min(wanted, budgetNanos - roundNanos));
  }
}
