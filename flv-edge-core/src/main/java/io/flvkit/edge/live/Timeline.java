package io.flvkit.edge.live;

import java.util.function.Consumer;

/**
 * Keeps the timestamps of one stream continuous, per track: audio and video have their own clocks,
 * which are never compared to find a step back.
 *
 * <p>A good stream passes untouched. A back-step of a track by less than a second is clamped to the
 * track's last timestamp. A jump of a second or more in either direction is a discontinuity: one
 * shift for all tracks makes the output go on one frame after the newest. Confined to the stream's
 * loop.
 */
final class Timeline {
  /** From here on a step is a jump, in milliseconds. */
  static final int JUMP_MILLIS = 1_000;

  /** Output stays below this: players take the timestamp for a signed number of 32 bits. */
  static final long LIMIT_MILLIS = 1L << 31;

  private static final long NONE = Long.MIN_VALUE;
  private static final int FRAME_MILLIS_DEFAULT = 40;
  private static final int FRAME_MILLIS_MAX = 200;

  private final Track audio = new Track();
  private final Track video = new Track();
  private long shiftMillis;
  private long newestMillis = NONE;
  private boolean spliced;

  private final Consumer<String> onFault;

  /**
   * A timeline before its first tag.
   *
   * @param onFault told the kind of each change: {@code back-step} or {@code discontinuity}
   */
  Timeline(Consumer<String> onFault) {
    this.onFault = onFault;
  }

  private static final class Track {
    private long lastMillis = NONE;
    private int frameMillis = FRAME_MILLIS_DEFAULT;
  }

  /**
   * The output time of an audio or video tag.
   *
   * @param timestampMillis the tag's timestamp, unsigned 32 bit
   */
  long place(boolean isVideo, long timestampMillis) {
    Track track = isVideo ? video : audio;
    if (newestMillis == NONE) {
      shiftMillis = timestampMillis >= LIMIT_MILLIS ? -timestampMillis : 0;
      return keep(track, timestampMillis + shiftMillis);
    }
    long placed = timestampMillis + shiftMillis;
    if (spliced || isJump(track, placed)) {
      long wanted = newestMillis + track.frameMillis;
      if (!spliced) {
        onFault.accept("discontinuity");
      }
      shiftMillis = wanted - timestampMillis;
      placed = wanted;
      spliced = false;
    } else if (track.lastMillis != NONE && placed < track.lastMillis) {
      onFault.accept("back-step");
      placed = track.lastMillis;
    }
    return keep(track, Math.max(0, placed));
  }

  /**
   * The output time of a tag that does not move the clock: configuration, script data. Where it
   * would be at the limit, or a configuration elsewhere than the media, it comes with the newest.
   */
  long placeAside(boolean isScript, long timestampMillis) {
    long placed = Math.max(0, timestampMillis + shiftMillis);
    boolean astray =
        placed >= LIMIT_MILLIS
            || (!isScript
                && newestMillis != NONE
                && Math.abs(placed - newestMillis) >= JUMP_MILLIS);
    return spliced || astray ? newestMillis() : placed;
  }

  /** The next media tag comes from another pull: it goes on where the stream is. */
  void splice() {
    spliced = newestMillis != NONE;
  }

  /** The next media tag comes from another pull, whose time differs from ours by so much. */
  void goOn(long shift) {
    shiftMillis = shift;
    spliced = false;
  }

  /** From the origin's timestamps to those of the output. */
  long shiftMillis() {
    return shiftMillis;
  }

  /**
   * Whether a tag with that timestamp would not come after the last one of its track, be it across
   * the wrap of 32 bits.
   */
  boolean stepsBack(boolean isVideo, long timestampMillis) {
    Track track = isVideo ? video : audio;
    return track.lastMillis != NONE
        && (int) (timestampMillis + shiftMillis - track.lastMillis) <= 0;
  }

  /** Time of the newest media tag put out, or 0 before the first. */
  long newestMillis() {
    return newestMillis == NONE ? 0 : newestMillis;
  }

  private boolean isJump(Track track, long placed) {
    if (placed - newestMillis >= JUMP_MILLIS) {
      return true;
    }
    return track.lastMillis != NONE && track.lastMillis - placed >= JUMP_MILLIS;
  }

  private long keep(Track track, long placed) {
    if (track.lastMillis != NONE) {
      long step = placed - track.lastMillis;
      if (step > 0 && step <= FRAME_MILLIS_MAX) {
        track.frameMillis = (int) step;
      }
    }
    track.lastMillis = placed;
    newestMillis = Math.max(newestMillis, placed);
    return placed;
  }
}
