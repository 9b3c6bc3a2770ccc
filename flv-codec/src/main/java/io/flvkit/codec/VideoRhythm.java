package io.flvkit.codec;

import java.util.Optional;
import java.util.OptionalDouble;

/** Frame rate and key frame distances of one video track, from the steps that are normal. */
final class VideoRhythm {
  private long steps;
  private long stepMillis;
  private long sinceKeyFrame = -1;
  private long gops;
  private long gopSum;
  private long gopMin = Long.MAX_VALUE;
  private long gopMax;

  /** Counts a coded frame; {@code step} is negative at its first frame and at discontinuities. */
  void add(boolean keyFrame, long step) {
    if (step >= 0) {
      steps++;
      stepMillis += step;
    }
    sinceKeyFrame = step < 0 || sinceKeyFrame < 0 ? -1 : sinceKeyFrame + step;
    if (keyFrame) {
      if (sinceKeyFrame >= 0) {
        gops++;
        gopSum += sinceKeyFrame;
        gopMin = Math.min(gopMin, sinceKeyFrame);
        gopMax = Math.max(gopMax, sinceKeyFrame);
      }
      sinceKeyFrame = 0;
    }
  }

  OptionalDouble fps() {
    return stepMillis == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.round(100_000.0 * steps / stepMillis) / 100.0);
  }

  Optional<FlvReport.GopMillis> gop() {
    return gops == 0
        ? Optional.empty()
        : Optional.of(new FlvReport.GopMillis(gopMin, gopMax, (double) gopSum / gops));
  }
}
