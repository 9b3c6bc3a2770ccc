package io.flvkit.edge.live;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The memory that all windows may hold, with what viewers pin of them. Thread-safe.
 *
 * <p>From nine tenths of it on there are no new viewers, and windows keep no more than everything
 * since their newest keyframe. Beyond it a line falls until it helps, at first over viewers: those
 * who hold memory and are further behind than the line are reset, so the slowest go first. If that
 * is not enough it falls over streams, so the largest goes first.
 */
final class MemoryBudget {
  /** Nobody is further behind when the line begins to fall. */
  private static final long LAG_MILLIS_FIRST = 16_000;

  /** As often as viewers are looked at: all of them see each line, so the slowest go first. */
  private static final long HALVING_NANOS = 1_000_000_000L;

  /** So many halvings before streams have to go. */
  private static final int HALVINGS_FOR_VIEWERS = 8;

  private static final long NEVER = Long.MIN_VALUE;

  private final LongSupplier heldBytes;
  private final AtomicLong exceededSinceNanos = new AtomicLong(NEVER);
  private volatile long limitBytes;

  /** A budget without limit; {@code heldBytes} says what is held now. */
  MemoryBudget(LongSupplier heldBytes) {
    this.heldBytes = heldBytes;
  }

  /** Sets the limit; 0 is none. */
  void limit(long bytes) {
    limitBytes = bytes;
  }

  /** Whether there is no room for more. */
  boolean isTight() {
    long limit = limitBytes;
    return limit > 0 && heldBytes.getAsLong() > limit - limit / 10;
  }

  /** How far behind a viewer may be that holds memory, at that moment. */
  long lagMillisMax(long nowNanos) {
    int halvings = halvings(nowNanos);
    return halvings < 0 ? Long.MAX_VALUE : LAG_MILLIS_FIRST >> Math.min(halvings, 62);
  }

  /** How many bytes the windows of a stream may hold, at that moment. */
  long streamBytesMax(long nowNanos) {
    int halvings = halvings(nowNanos) - HALVINGS_FOR_VIEWERS;
    return halvings < 0 ? Long.MAX_VALUE : limitBytes >> Math.min(halvings, 62);
  }

  /** How often the line has been halved since the budget was exceeded; negative while it is not. */
  private int halvings(long nowNanos) {
    long limit = limitBytes;
    if (limit == 0 || heldBytes.getAsLong() <= limit) {
      exceededSinceNanos.set(NEVER);
      return -1;
    }
    exceededSinceNanos.compareAndSet(NEVER, nowNanos);
    long since = exceededSinceNanos.get();
    long elapsed = since == NEVER ? 0 : Math.max(0, nowNanos - since);
    return (int) Math.min(Integer.MAX_VALUE, elapsed / HALVING_NANOS);
  }
}
