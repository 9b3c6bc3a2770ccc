package io.flvkit.edge.live;

import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;

/**
 * Which origins failed lately, as all streams together have seen it: a stream that begins asks
 * those last. From time to time one stream tries such an origin first, after growing, jittered
 * delays, until it serves. Thread-safe; one entry for each origin that is in trouble.
 */
final class OriginHealth {
  /** Failures in a row of an origin that can be reached; one that cannot is in trouble at once. */
  private static final int FAILURES_MAX = 3;

  private static final long PROBE_NANOS_FIRST = 500_000_000L;
  private static final long PROBE_NANOS_MAX = 30_000_000_000L;
  private static final int DOUBLINGS_MAX = 6;

  private final RandomGenerator random;
  private final ConcurrentMap<URI, Trouble> troubles = new ConcurrentHashMap<>();

  private record Trouble(int failures, long probeNanos) {
    boolean isOpen() {
      return failures >= FAILURES_MAX;
    }
  }

  OriginHealth(RandomGenerator random) {
    this.random = random;
  }

  /**
   * An origin was asked in vain.
   *
   * @param isReachable whether there was a connection at least
   */
  void failed(URI origin, boolean isReachable, long nowNanos) {
    troubles.compute(
        origin,
        (url, before) -> {
          int failures = before == null ? 1 : before.failures + 1;
          int counted = isReachable ? failures : Math.max(failures, FAILURES_MAX);
          return new Trouble(counted, nowNanos + delayNanos(counted));
        });
  }

  /** An origin serves. */
  void served(URI origin) {
    troubles.remove(origin);
  }

  /**
   * Whether an origin may be asked before others. Of an origin in trouble this is said to one
   * caller at a time, when it is due to be tried.
   */
  boolean mayGoFirst(URI origin, long nowNanos) {
    Trouble trouble = troubles.get(origin);
    if (trouble == null || !trouble.isOpen()) {
      return true;
    }
    Trouble next = new Trouble(trouble.failures, nowNanos + delayNanos(trouble.failures));
    return nowNanos - trouble.probeNanos >= 0 && troubles.replace(origin, trouble, next);
  }

  private long delayNanos(int failures) {
    int doublings = Math.min(DOUBLINGS_MAX, Math.max(0, failures - FAILURES_MAX));
    long delay = Math.min(PROBE_NANOS_MAX, PROBE_NANOS_FIRST << doublings);
    return delay / 2 + (long) (random.nextDouble() * delay / 2);
  }
}
