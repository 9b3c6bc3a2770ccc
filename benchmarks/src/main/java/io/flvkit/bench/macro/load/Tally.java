package io.flvkit.bench.macro.load;

/**
 * What the viewers of a crowd saw together. Faults count always, flow and lag in the window only.
 */
final class Tally {
  final Histogram startup = new Histogram();
  final Histogram lag = new Histogram();
  final Histogram sweptLag = new Histogram();

  /** Whether the window is open. */
  boolean measuring;

  long bytes;
  long tags;
  long sampledReads;

  long refused;
  long closed;
  long stalled;
  long lost;
  long repeated;
  long stepsBack;
  long notKeyframeFirst;
  long broken;

  /** A viewer's stream begins with a keyframe, which came so long after it connected. */
  void started(long nanos, boolean sampled) {
    if (sampled) {
      startup.addNanos(nanos);
    }
  }

  void arrived(long lagNanos, boolean sampled) {
    if (measuring) {
      (sampled ? lag : sweptLag).addNanos(lagNanos);
    }
  }
}
