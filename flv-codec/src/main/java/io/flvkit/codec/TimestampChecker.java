package io.flvkit.codec;

import io.flvkit.codec.FlvProblem.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Judges the timestamps of coded audio and video, each track by itself: audio and video have their
 * own clocks and are never compared. Script data and sequence headers are not judged. Confined to
 * one thread; memory is bounded by the number of track ids.
 */
public final class TimestampChecker {
  /** A forward step of this many milliseconds is reported as a warning. */
  public static final int JUMP_MILLIS = 1000;

  /** A forward step of this many milliseconds is reported as an error. */
  public static final int LONG_JUMP_MILLIS = 10_000;

  private static final int MAX_COMPOSITION_MILLIS = 10_000;
  private static final long WRAP_MARGIN_MILLIS = 60_000;

  private final Consumer<FlvProblem> problems;
  private final Map<Integer, Long> lastOfTrack = new HashMap<>();

  private TimestampChecker(Consumer<FlvProblem> problems) {
    this.problems = problems;
  }

  /** A checker that reports to {@code problems}, during {@link #check}. */
  public static TimestampChecker create(Consumer<FlvProblem> problems) {
    return new TimestampChecker(problems);
  }

  /**
   * Judges one tag.
   *
   * @return milliseconds since the tag before it in the same track if that is a normal step, else
   *     -1
   */
  public long check(FlvTag tag) {
    if (!tag.isCodedMedia()) {
      return -1;
    }
    long now = tag.timestampMillis();
    checkComposition(tag, now);
    Long last = lastOfTrack.put(tag.type() << 8 | tag.trackId(), now);
    if (last == null) {
      if (now >= 1L << 31) {
        warn(Kind.TIMESTAMP_WRAP, tag, "begins beyond 2^31, which players read as negative");
      }
      return -1;
    }
    return checkStep(tag, last, now);
  }

  /** Forgets what came before: the next tags begin anew. */
  public void restart() {
    lastOfTrack.clear();
  }

  private long checkStep(FlvTag tag, long last, long now) {
    int step = (int) (now - last);
    String from = "from " + last + " to " + now + " ms";
    if (step < 0) {
      if (wraps(last, now, 24)) {
        error(Kind.TIMESTAMP_WRAP, tag, "wraps at 24 bits " + from);
      } else if (wraps(last, now, 31)) {
        warn(Kind.TIMESTAMP_WRAP, tag, "wraps at 31 bits " + from);
      } else {
        error(Kind.TIMESTAMP_BACK, tag, "goes back " + from);
      }
      return -1;
    }
    if (now < last) {
      warn(Kind.TIMESTAMP_WRAP, tag, "wraps at 32 bits " + from);
    } else if (last < 1L << 31 && now >= 1L << 31) {
      warn(Kind.TIMESTAMP_WRAP, tag, "passes 2^31, which players read as negative, " + from);
    }
    if (step >= LONG_JUMP_MILLIS) {
      error(Kind.TIMESTAMP_JUMP, tag, "jumps " + from);
    } else if (step >= JUMP_MILLIS) {
      warn(Kind.TIMESTAMP_JUMP, tag, "jumps " + from);
    }
    return step < JUMP_MILLIS ? step : -1;
  }

  private void checkComposition(FlvTag tag, long now) {
    int composition = tag.compositionMillis();
    if (Math.abs(composition) > MAX_COMPOSITION_MILLIS) {
      warn(Kind.COMPOSITION_TIME, tag, "has a composition time of " + composition + " ms");
    } else if (now + composition < 0) {
      warn(Kind.COMPOSITION_TIME, tag, "is to be shown at " + (now + composition) + " ms");
    }
  }

  static boolean wraps(long last, long now, int bits) {
    long modulus = 1L << bits;
    return last < modulus && last >= modulus - WRAP_MARGIN_MILLIS && now < WRAP_MARGIN_MILLIS;
  }

  private void warn(Kind kind, FlvTag tag, String what) {
    problems.accept(FlvProblem.warning(kind, tag.position(), track(tag) + what));
  }

  private void error(Kind kind, FlvTag tag, String what) {
    problems.accept(FlvProblem.error(kind, tag.position(), track(tag) + what));
  }

  private static String track(FlvTag tag) {
    return (tag.isVideo() ? "video " : "audio ") + tag.trackId() + ' ';
  }
}
