package io.flvkit.examples.origin;

import io.flvkit.codec.FlvTag;
import java.util.HashMap;
import java.util.Map;

/**
 * How much time a clip takes: from its first tag to where each track's next frame would follow its
 * last. A loop begins again after that time, so no track steps back and the longest has no gap.
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
    long end = tracks.values().stream().mapToLong(Track::endMillis).max().orElse(firstMillis);
    return Math.max(1, end - firstMillis);
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

    /** The last timestamp and one mean frame; a single frame is taken to last 40 milliseconds. */
    long endMillis() {
      return lastMillis + (frames < 2 ? 40 : (lastMillis - firstMillis) / (frames - 1));
    }
  }
}
