package io.flvkit.edge.live;

import io.flvkit.buffer.JoinPoint;
import io.flvkit.buffer.SlidingWindow;
import java.util.Optional;

/**
 * Where in the window a viewer starts; always at a keyframe, in a stream without video at a tag.
 */
public sealed interface StartAt {
  /** At the newest one. */
  StartAt NEWEST = new Newest();

  /** The join point in that window, if it has one now. */
  Optional<JoinPoint> in(SlidingWindow window);

  /** At the newest one. */
  record Newest() implements StartAt {
    @Override
    public Optional<JoinPoint> in(SlidingWindow window) {
      return window.newestJoinPoint();
    }
  }

  /**
   * So far behind live, at the keyframe before; at the oldest one if the window does not reach that
   * far.
   *
   * @param millis not negative
   */
  record Behind(long millis) implements StartAt {
    @Override
    public Optional<JoinPoint> in(SlidingWindow window) {
      return window
          .joinPointAtOrBefore(window.headClockMillis() - millis)
          .or(window::oldestJoinPoint);
    }
  }

  /**
   * At the keyframe nearest to that distance from the newest media, as LAS 1.0 has it for a
   * negative {@code startPts}.
   *
   * @param millis not negative
   */
  record NearestBehind(long millis) implements StartAt {
    @Override
    public Optional<JoinPoint> in(SlidingWindow window) {
      long wanted = window.headClockMillis() - millis;
      Optional<JoinPoint> before = window.joinPointAtOrBefore(wanted);
      Optional<JoinPoint> after =
          before.isEmpty() ? window.oldestJoinPoint() : next(window, before.get(), wanted);
      if (before.isEmpty() || after.isEmpty()) {
        return before.or(() -> after);
      }
      long back = wanted - before.get().clockMillis();
      long forth = after.get().clockMillis() - wanted;
      return back <= forth ? before : after;
    }

    /** The keyframe after {@code before} if it is no further than that from what is wanted. */
    private static Optional<JoinPoint> next(SlidingWindow window, JoinPoint before, long wanted) {
      long mirrored = wanted + (wanted - before.clockMillis());
      return window
          .joinPointAtOrBefore(mirrored)
          .filter(point -> point.position() > before.position())
          .flatMap(point -> firstAfter(window, before, point));
    }

    private static Optional<JoinPoint> firstAfter(
        SlidingWindow window, JoinPoint before, JoinPoint found) {
      JoinPoint first = found;
      Optional<JoinPoint> older = window.joinPointAtOrBefore(first.clockMillis() - 1);
      while (older.isPresent() && older.get().position() > before.position()) {
        first = older.get();
        older = window.joinPointAtOrBefore(first.clockMillis() - 1);
      }
      return Optional.of(first);
    }
  }

  /**
   * At the last keyframe at or before that presentation time, else at the first one after it, as
   * LAS 1.0 has it for a positive {@code startPts}.
   */
  record Pts(long millis) implements StartAt {
    @Override
    public Optional<JoinPoint> in(SlidingWindow window) {
      return window.joinPointAtOrBeforePts(millis).or(() -> window.joinPointAfterPts(millis));
    }
  }
}
