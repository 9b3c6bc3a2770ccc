package io.flvkit.bench.macro.ranges;

import io.flvkit.bench.macro.load.Histogram;

/** What clients count while a window is open. */
final class RangeTally {
  final Histogram whole = new Histogram();
  final Histogram firstByte = new Histogram();
  long bytes;
  long faults;
  boolean measuring;

  void began(long dueNanos) {
    if (measuring) {
      firstByte.addNanos(System.nanoTime() - dueNanos);
    }
  }

  void took(int count) {
    if (measuring) {
      bytes += count;
    }
  }

  void answered(long dueNanos) {
    if (measuring) {
      whole.addNanos(System.nanoTime() - dueNanos);
    }
  }

  /** Counts at any time: a wrong byte before the window is as wrong. */
  void fault(String what) {
    if (faults++ < 5) {
      System.err.println(what);
    }
  }
}
