package io.flvkit.examples.origin;

import io.flvkit.codec.FlvTag;
import java.util.HashMap;
import java.util.Map;

/**
 * How much time a clip takes: for each track from its first frame to where a next one would follow
 * its last, and of these the longest. A loop begins again after that time, so that no track steps
 * back and the longest has no gap.
 */
final class ClipSpan {
  private final Map<Integer, Track> tracks = new HashMap<>();
  private long firstMillis = Long.MAX_VALUE;

  void add(FlvTag tag) {
    if (tag.isCodedMedia()) {
      long timestampMillis = tag.timestampMillis();
      firstMillis = Math.min(firstMillis, timestampMillis);
      int track = tag.type() << 8 | tag.trackId();
      tracks.computeIfAbsent(track, unused -> new Track(timestampMillis)).add(timestampMillis);
    }
  }

  boolean isEmpty() {
    return tracks.isEmpty();
  }

  /** The smallest timestamp of audio and video. */
  long firstMillis() {
    return firstMillis;
  }

  /** How far the next pass is later than this one, at least 1 millisecond. */
  long spanMillis() {
    return Math.max(1, tracks.values().stream().mapToLong(Track::spanMillis).max().orElse(0));
  }

  private static final class Track {
    private final long firstMillis;
    private long lastMillis;
    private long frames;

    Track(long firstMillis) {
      this.firstMillis = firstMillis;
      this.lastMillis = firstMillis;
    }

    void add(long timestampMillis) {
      lastMillis = Math.max(lastMillis, timestampMillis);
      frames++;
    }

    /** From the first to the last, and one mean frame; a single frame is taken as 40 ms. */
    long spanMillis() {
      long millis = lastMillis - firstMillis;
      return millis + (frames < 2 ? 40 : millis / (frames - 1));
    }
  }
}
