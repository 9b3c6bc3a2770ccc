package io.flvkit.codec.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The bound that no input costs more than 100 ms. Time of the processor, not of the clock, and the
 * best of some runs, so that neither a cold JVM nor a busy machine counts.
 */
final class CpuBound {
  private static final long MAX_NANOS = 100_000_000;
  private static final int RUNS = 8;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuBound() {}

  static void check(Runnable work) {
    long best = Long.MAX_VALUE;
    for (int run = 0; run < RUNS && best > MAX_NANOS; run++) {
      long begin = THREADS.getCurrentThreadCpuTime();
      work.run();
      best = Math.min(best, THREADS.getCurrentThreadCpuTime() - begin);
    }
    ParserFuzz.require(best <= MAX_NANOS, "an input that costs more than 100 ms");
  }
}
