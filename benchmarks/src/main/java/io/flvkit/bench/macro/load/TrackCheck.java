package io.flvkit.bench.macro.load;

/** Timestamps of a track do not go back, and no number is missing or comes twice. */
final class TrackCheck {
  private final Tally tally;
  private int lastMillis;
  private long lastNumber = -1;

  TrackCheck(Tally tally) {
    this.tally = tally;
  }

  void timestamp(int millis) {
    // The configuration before the first frame has timestamp 0, whatever follows.
    tally.stepsBack += lastNumber >= 0 && millis - lastMillis < 0 ? 1 : 0;
    lastMillis = millis;
  }

  void number(long number) {
    if (lastNumber >= 0) {
      tally.lost += Math.max(0, number - lastNumber - 1);
      tally.repeated += number <= lastNumber ? 1 : 0;
    }
    lastNumber = number;
  }
}
