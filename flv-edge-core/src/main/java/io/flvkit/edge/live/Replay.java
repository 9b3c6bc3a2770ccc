package io.flvkit.edge.live;

import io.flvkit.codec.FlvTag;
import io.flvkit.edge.live.SentFrames.Sent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What viewers got last, and how far an origin that begins anew repeats it. Frames are compared by
 * kind, size, fingerprint and distance in time.
 *
 * <p>Assumes that the origin begins at a keyframe of the newest two groups. Who is further back is
 * taken for another stream, since viewers would have to wait for too long. Where several frames
 * look alike, the one of the same time base is meant, else the newest.
 */
final class Replay {
  /** How a frame of the repeating origin relates to what viewers have. */
  enum Verdict {
    /** They have it, or something newer of its track. */
    REPEATED,
    /** The first of what they lack; everything before it they have. */
    NEW,
    /** It is newer than what they have, but does not follow it. */
    STRANGE
  }

  private static final long FAR_MILLIS = 2_000;

  /** Relays round timestamps. */
  private static final long ROUNDING_MILLIS = 20;

  private final List<Sent> sent;
  private final @Nullable Sent lastAudio;
  private final @Nullable Sent lastVideo;
  private @Nullable Sent start;
  private long startTimestampMillis;
  private boolean reachedLastVideo;
  private boolean reachedLastAudio;

  private Replay(List<Sent> sent) {
    this.sent = sent;
    this.lastAudio = last(false);
    this.lastVideo = last(true);
  }

  /** Compares with these. */
  static Replay of(SentFrames sent) {
    return new Replay(sent.newest());
  }

  private @Nullable Sent last(boolean video) {
    for (int i = sent.size() - 1; i >= 0; i--) {
      if (sent.get(i).isVideo() == video) {
        return sent.get(i);
      }
    }
    return null;
  }

  /**
   * Looks for the frame with which the origin begins among what viewers have. Returns whether it is
   * there; only then {@link #judge} may be asked about what follows.
   *
   * @param shiftMillis from the timestamps of the origin before to those that viewers got
   */
  boolean beginsWith(FlvTag tag, int fingerprint, long shiftMillis) {
    Sent found = null;
    for (int i = sent.size() - 1; i >= 0; i--) {
      Sent frame = sent.get(i);
      if (frame.looksLike(tag, fingerprint)) {
        boolean sameTime = isSameTime(tag, frame, shiftMillis);
        found = found == null || sameTime ? frame : found;
        if (sameTime) {
          break;
        }
      }
    }
    start = found;
    startTimestampMillis = tag.timestampMillis();
    if (found == null) {
      return false;
    }
    // What was sent before the start is not repeated.
    int at = sent.indexOf(found);
    reachedLastVideo = lastVideo == null || sent.indexOf(lastVideo) <= at;
    reachedLastAudio = lastAudio == null || sent.indexOf(lastAudio) <= at;
    return true;
  }

  private static boolean isSameTime(FlvTag tag, Sent frame, long shiftMillis) {
    return (int) (tag.timestampMillis() + shiftMillis - frame.millis()) == 0;
  }

  /** What to add to the origin's timestamps to go on in the time that viewers have. */
  long shiftMillis() {
    return start().millis() - startTimestampMillis;
  }

  /** Whether the origin begins a second time with the same frame. */
  boolean beginsAgain(FlvTag tag, int fingerprint) {
    return tag.timestampMillis() == startTimestampMillis && start().looksLike(tag, fingerprint);
  }

  Verdict judge(FlvTag tag, int fingerprint) {
    long placed = placed(tag);
    Sent last = tag.isVideo() ? lastVideo : lastAudio;
    if (last != null
        && last.looksLike(tag, fingerprint)
        && Math.abs(placed - last.millis()) <= ROUNDING_MILLIS) {
      reachedLastVideo |= tag.isVideo();
      reachedLastAudio |= tag.isAudio();
      return Verdict.REPEATED;
    }
    boolean reached = tag.isVideo() ? reachedLastVideo : reachedLastAudio;
    if (last != null && !reached && placed <= last.millis()) {
      return Verdict.REPEATED;
    }
    if (reachedLastVideo) {
      return Verdict.NEW;
    }
    // Sound before the last picture that viewers have was sent between pictures that they have.
    return tag.isVideo() ? Verdict.STRANGE : Verdict.REPEATED;
  }

  /** Whether the tag is so far from the end of what viewers have that no comparison is of use. */
  boolean isFarFrom(FlvTag tag) {
    long newest =
        Math.max(
            lastAudio == null ? Long.MIN_VALUE : lastAudio.millis(),
            lastVideo == null ? Long.MIN_VALUE : lastVideo.millis());
    return Math.abs(placed(tag) - newest) > FAR_MILLIS;
  }

  private long placed(FlvTag tag) {
    // The difference of two timestamps of 32 bits is good across their wrap.
    return start().millis() + (int) (tag.timestampMillis() - startTimestampMillis);
  }

  private Sent start() {
    if (start == null) {
      throw new IllegalStateException("the origin does not repeat anything");
    }
    return start;
  }
}
