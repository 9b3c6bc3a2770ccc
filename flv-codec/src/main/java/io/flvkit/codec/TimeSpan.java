package io.flvkit.codec;

/** Smallest and largest timestamp of a stream on one line of time, wraps at 2^32 undone. */
final class TimeSpan {
  private static final int FAR_MILLIS = 1000;

  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;
  private long configMin = Long.MAX_VALUE;
  private long last = -1;

  void add(FlvTag tag) {
    boolean configuration =
        switch (tag.kind()) {
          case SEQUENCE_START, VIDEO_METADATA, MULTICHANNEL_CONFIG -> true;
          default -> false;
        };
    long now = tag.timestampMillis();
    if (configuration) {
      if (last < 0) {
        configMin = Math.min(configMin, now);
      }
      return;
    }
    long unwrapped = last < 0 ? now : last + (int) (now - last);
    last = unwrapped;
    if (max == Long.MIN_VALUE && configMin < now && now - configMin < FAR_MILLIS) {
      min = configMin;
    }
    min = Math.min(min, unwrapped);
    max = Math.max(max, unwrapped);
  }

  long millis() {
    return max < min ? 0 : max - min;
  }
}
