package io.flvkit.edge.live;

import io.flvkit.codec.FlvTag;
import org.jspecify.annotations.Nullable;

/**
 * Decides which tags of an origin go on to viewers: all of them while the stream is whole; after a
 * change of the origin, a restart or a loss, those from a keyframe on that viewers do not have yet.
 * Confined to the stream's loop.
 */
final class Splicer {
  /** What becomes of a tag. */
  enum Verdict {
    PASS,
    /** It passes as the first one after a gap: configuration that changed goes before it. */
    RESUME,
    DROP
  }

  /** An origin that repeats the same group more often means it: that is its programme. */
  private static final int REPETITIONS_MAX = 2;

  /** How long an origin may send sound alone before the pictures it promised are given up. */
  private static final long PROMISE_MILLIS = 1_000;

  private final Timeline timeline;
  private final SentFrames sent;

  private boolean flowing = true;
  private boolean anotherTime;
  private boolean videoExpected;
  private boolean sawVideo;
  private long firstAudioMillis = -1;
  private @Nullable Replay replay;

  /** How often the present pull began with the same frame again. */
  private int repetitions;

  Splicer(Timeline timeline, SentFrames sent) {
    this.timeline = timeline;
    this.sent = sent;
  }

  /**
   * Another pull takes over, or the origin begins anew: its media has a time of its own.
   *
   * @param withVideo whether pictures are to be expected of it
   */
  void beginsAnew(boolean withVideo) {
    flowing = false;
    anotherTime = true;
    videoExpected = withVideo;
    sawVideo = false;
    firstAudioMillis = -1;
    replay = null;
    repetitions = 0;
  }

  /** Tags may be missing: what follows is of use from the next keyframe on. */
  void resumeAtKeyFrame(boolean withVideo) {
    if (flowing) {
      flowing = false;
      anotherTime = false;
      videoExpected = withVideo;
      sawVideo = withVideo;
      firstAudioMillis = -1;
      replay = null;
    }
  }

  /** Whether tags go on to viewers; if not, a keyframe is awaited, or news after a repetition. */
  boolean isFlowing() {
    return flowing;
  }

  /** Whether the media that flows came without pictures when it began anew. */
  boolean isWithoutVideo() {
    return !sawVideo;
  }

  /**
   * Judges the next tag of the origin.
   *
   * @param start whether viewers could start at it
   */
  Verdict judge(FlvTag tag, boolean start, int fingerprint) {
    if (!tag.isCodedMedia()) {
      return flowing ? Verdict.PASS : Verdict.DROP;
    }
    sawVideo |= tag.isVideo();
    if (flowing) {
      return whileFlowing(tag, start, fingerprint);
    }
    if (replay != null) {
      Verdict verdict = whileRepeating(replay, tag, start, fingerprint);
      if (replay != null) {
        return verdict;
      }
    }
    return whileWaiting(tag, start, fingerprint);
  }

  private Verdict whileFlowing(FlvTag tag, boolean start, int fingerprint) {
    if (start && timeline.stepsBack(true, tag.timestampMillis()) && repeats(tag, fingerprint)) {
      flowing = false;
      anotherTime = false;
      return Verdict.DROP;
    }
    if (replay == null || replay.isFarFrom(tag)) {
      replay = null;
      return Verdict.PASS;
    }
    // One track goes on before the other has caught up.
    boolean repeated = replay.judge(tag, fingerprint) == Replay.Verdict.REPEATED;
    return repeated ? Verdict.DROP : Verdict.PASS;
  }

  private Verdict whileRepeating(Replay known, FlvTag tag, boolean start, int fingerprint) {
    if (start && known.beginsAgain(tag, fingerprint)) {
      replay = null;
      return Verdict.DROP;
    }
    return switch (known.judge(tag, fingerprint)) {
      case REPEATED -> Verdict.DROP;
      case NEW -> {
        timeline.goOn(known.shiftMillis());
        flowing = true;
        repetitions = 0;
        yield Verdict.RESUME;
      }
      case STRANGE -> {
        replay = null;
        yield Verdict.DROP;
      }
    };
  }

  private Verdict whileWaiting(FlvTag tag, boolean start, int fingerprint) {
    if (!start && !startsWithoutVideo(tag)) {
      return Verdict.DROP;
    }
    boolean mayRepeat = anotherTime || timeline.stepsBack(true, tag.timestampMillis());
    if (mayRepeat && repeats(tag, fingerprint)) {
      return Verdict.DROP;
    }
    if (anotherTime) {
      timeline.splice();
    }
    flowing = true;
    return Verdict.RESUME;
  }

  /** Whether the origin begins with what viewers have; it is compared with that from here on. */
  private boolean repeats(FlvTag tag, int fingerprint) {
    Replay found = Replay.of(sent);
    if (repetitions >= REPETITIONS_MAX
        || !found.beginsWith(tag, fingerprint, timeline.shiftMillis())) {
      return false;
    }
    repetitions++;
    replay = found;
    return true;
  }

  private boolean startsWithoutVideo(FlvTag tag) {
    if (sawVideo || !tag.isAudio()) {
      return false;
    }
    if (firstAudioMillis < 0) {
      firstAudioMillis = tag.timestampMillis();
    }
    return !videoExpected
        || Math.abs((int) (tag.timestampMillis() - firstAudioMillis)) >= PROMISE_MILLIS;
  }
}
