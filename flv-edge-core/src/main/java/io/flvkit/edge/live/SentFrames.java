package io.flvkit.edge.live;

import io.flvkit.codec.FlvTag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What viewers got last of each track, to be recognised when an origin repeats it: the newest two
 * groups of pictures, or two seconds if that is more, at most half a minute, whatever the window
 * still holds of them. Confined to the stream's loop.
 */
final class SentFrames {
  /** Where there are more than these, the older ones are not recognised. */
  static final int FRAMES_MAX = 8_192;

  private static final long LEAST_MILLIS = 2_000;

  /** Nobody would wait for longer than this until an origin has caught up. */
  private static final long MOST_MILLIS = 30_000;

  private static final long NONE = Long.MAX_VALUE;

  private final ArrayDeque<Sent> frames = new ArrayDeque<>();
  private long count;
  private long newestStart = NONE;
  private long startBefore = NONE;

  /** A frame: what it is, and when viewers show it. */
  record Sent(long order, int kind, int bodyBytes, int fingerprint, long millis) {
    boolean isVideo() {
      return (kind & RecordKind.VIDEO) != 0;
    }

    boolean looksLike(FlvTag tag, int itsFingerprint) {
      return fingerprint == itsFingerprint
          && bodyBytes == tag.bodyBytes()
          && kind == RecordKind.of(tag);
    }
  }

  /**
   * A frame goes to viewers.
   *
   * @param start whether viewers could start at it
   */
  void add(FlvTag tag, boolean start, int fingerprint, long millis) {
    if (start) {
      startBefore = newestStart == NONE ? count : newestStart;
      newestStart = count;
    }
    frames.add(new Sent(count++, RecordKind.of(tag), tag.bodyBytes(), fingerprint, millis));
    while (frames.size() > FRAMES_MAX || isOfNoUse(frames.getFirst(), millis)) {
      frames.removeFirst();
    }
  }

  private boolean isOfNoUse(Sent oldest, long nowMillis) {
    long ageMillis = nowMillis - oldest.millis;
    return ageMillis > (oldest.order < startBefore ? LEAST_MILLIS : MOST_MILLIS);
  }

  /** The frames, oldest first. */
  List<Sent> newest() {
    return new ArrayList<>(frames);
  }
}
