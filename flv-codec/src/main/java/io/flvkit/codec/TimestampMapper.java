package io.flvkit.codec;

import java.util.HashMap;
import java.util.Map;

/**
 * Maps the timestamps of a stream with discontinuities to one line of time below 2^31.
 *
 * <p>Assumes that all tracks share one clock and tags come roughly in order. Guarantees: a stream
 * without discontinuity is untouched; each track never goes back (except at 2^31, where all begin
 * at 0 again); a discontinuity shifts all tracks by the same amount.
 */
final class TimestampMapper {
  static final int JUMP_MILLIS = 1000;
  static final long END_MILLIS = 1L << 31;
  private static final int[] WRAP_BITS = {24, 31, 32};

  /** What happened to a timestamp. */
  enum Change {
    NONE,
    CLAMPED,
    SHIFTED,
    REBASED
  }

  private static final class Track {
    long last;
    long step = 40;
    boolean begun;
  }

  private final Map<Integer, Track> tracks = new HashMap<>();
  private long shift;
  private long previousShift;
  private boolean shifted;
  private boolean begun;
  private boolean restarted;
  private long rebasedBy;
  private Change change = Change.NONE;

  /** Begins with a shift, in milliseconds: to move a whole stream. */
  void startWith(long shiftMillis) {
    shift = shiftMillis;
    previousShift = shiftMillis;
  }

  /** A back-step that follows is a discontinuity however small. */
  void restart() {
    restarted = true;
  }

  /** What the last call did. */
  Change change() {
    return change;
  }

  /** Where a coded tag of the track belongs. */
  long map(int trackKey, long timestampMillis) {
    change = Change.NONE;
    if (!begun) {
      begun = true;
      if (timestampMillis + shift >= END_MILLIS) {
        startWith(-timestampMillis);
        change = Change.REBASED;
      }
    }
    Track track = tracks.computeIfAbsent(trackKey, key -> new Track());
    long out = track.begun ? follow(track, timestampMillis) : begin(timestampMillis);
    if (out >= END_MILLIS) {
      out = rebase(out);
    }
    if (track.begun && out - track.last > 0 && out - track.last < JUMP_MILLIS) {
      track.step = out - track.last;
    }
    track.begun = true;
    track.last = out;
    return Math.max(out, 0);
  }

  /** Where a tag belongs that is not judged: script data, sequence headers. */
  long place(int trackKey, long timestampMillis) {
    change = Change.NONE;
    if (shift == 0) {
      return timestampMillis;
    }
    Track track = tracks.get(trackKey);
    long out = timestampMillis + shift;
    if (track == null || !track.begun) {
      return out >= 0 && out < END_MILLIS ? out : Math.max(newest(), 0);
    }
    return Math.abs(out - track.last) < JUMP_MILLIS ? Math.max(out, 0) : Math.max(track.last, 0);
  }

  private long begin(long timestampMillis) {
    return Math.max(timestampMillis + shift, 0);
  }

  private long follow(Track track, long timestampMillis) {
    long out = timestampMillis + shift;
    if (isStep(track, out)) {
      restarted = false;
      return out;
    }
    if (shifted && isStep(track, timestampMillis + previousShift)) {
      return timestampMillis + previousShift;
    }
    long back = track.last - out;
    if (back > 0 && back < JUMP_MILLIS && !restarted) {
      change = Change.CLAMPED;
      return track.last;
    }
    if (back < 0 && isNearAnother(track, out)) {
      return out; // a pause of this track only: the others confirm the time
    }
    restarted = false;
    return shift(track, timestampMillis);
  }

  private long shift(Track track, long timestampMillis) {
    change = Change.SHIFTED;
    long by = track.last + track.step - (timestampMillis + shift);
    for (int bits : WRAP_BITS) {
      if (isStep(track, timestampMillis + shift + (1L << bits))) {
        by = 1L << bits;
      }
    }
    previousShift = shift;
    shift += by;
    shifted = true;
    return timestampMillis + shift;
  }

  private long rebase(long out) {
    change = Change.REBASED;
    rebasedBy = out;
    previousShift = shift;
    shift -= out;
    for (Track track : tracks.values()) {
      track.last -= out;
    }
    return 0;
  }

  /** How far everything was moved down at the last passage of 2^31; 0 if there was none. */
  long rebasedBy() {
    return rebasedBy;
  }

  private static boolean isStep(Track track, long out) {
    return out >= track.last && out - track.last < JUMP_MILLIS;
  }

  private boolean isNearAnother(Track track, long out) {
    for (Track other : tracks.values()) {
      if (!other.equals(track) && other.begun && Math.abs(other.last - out) < JUMP_MILLIS) {
        return true;
      }
    }
    return false;
  }

  private long newest() {
    long newest = 0;
    for (Track track : tracks.values()) {
      newest = Math.max(newest, track.last);
    }
    return newest;
  }
}
