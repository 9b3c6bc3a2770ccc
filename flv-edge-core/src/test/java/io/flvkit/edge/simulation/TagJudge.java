package io.flvkit.edge.simulation;

import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvTag;
import io.flvkit.edge.live.RenditionKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says of each tag that a viewer gets whether it may come now: header and prelude first, then runs
 * that start at keyframes and miss nothing; no frame twice; time of a track never steps back; the
 * decoder was told what it must know.
 */
public final class TagJudge {
  /**
   * Where an origin takes over or time jumps, the stream goes on one frame after the newest of all
   * tracks; the programme's own distance may be another one, by a frame of each track.
   */
  private static final long FRAMES_MILLIS = 250;

  /**
   * An origin's step of less than a second is no jump: it passes as it is, or is clamped if it goes
   * back. Allowed only in runs in which an origin did that.
   */
  private static final long STEP_MILLIS = 1_000;

  /** After so many groups of another programme a stream does not remember what it was before. */
  private static final int GROUPS_REMEMBERED = 2;

  private final RenditionKind rendition;
  private final Map<Integer, Integer> newestOf = new HashMap<>();
  private final Map<Integer, BitSet> hadOf = new HashMap<>();
  private final Map<Integer, Integer> keyFramesAt = new HashMap<>();
  private final long[] lastMillis = {-1, -1};
  private final int[] configured = {-1, -1};
  private final int[] configuredVersion = {-1, -1};
  private @Nullable FlvHeader header;
  private int lastEpoch = -1;
  private int lastOrder = -1;
  private final Programme.@Nullable Frame[] lastFrames = {null, null};
  private Programmes programmes = epoch -> null;
  private BooleanSupplier shiftedTime = () -> false;
  private int frames;
  private int keyFrames;

  /** Finds a programme by its epoch. */
  @FunctionalInterface
  public interface Programmes {
    /** That programme, or null. */
    @Nullable Programme of(int epoch);
  }

  /** A judge of what one viewer gets. */
  public TagJudge(RenditionKind rendition) {
    this.rendition = rendition;
  }

  /** Tells what there is to see, and whether an origin's time stepped by less than a jump. */
  public void knows(Programmes all, BooleanSupplier timeWasShifted) {
    programmes = all;
    shiftedTime = timeWasShifted;
  }

  /** Frames so far. */
  public int frames() {
    return frames;
  }

  /** The programme of the newest frame, or -1. */
  public int lastEpoch() {
    return lastEpoch;
  }

  /** The number of the newest frame, or -1. */
  public int lastOrder() {
    return lastOrder;
  }

  /** Judges a header. */
  public void onHeader(FlvHeader found) {
    require(header == null, "a second header");
    header = found;
  }

  /** Judges a tag. */
  public void onTag(FlvTag tag) {
    require(header != null, "a tag before the header");
    require(tag.timestampMillis() < 1L << 31, "time beyond 2^31");
    if (tag.isScript()) {
      return;
    }
    int track = tag.isVideo() ? 1 : 0;
    require(tag.isVideo() ? hasVideo() : hasAudio(), "a track that was filtered out");
    ByteBuffer payload = tag.payload();
    int epoch = payload.getInt();
    int number = payload.getInt();
    if (tag.isSequenceHeader()) {
      configured[track] = epoch;
      configuredVersion[track] = number;
      return;
    }
    require(configured[track] == epoch, "a frame without the configuration of its programme");
    require(tag.timestampMillis() >= lastMillis[track], "time of a track steps back");
    Programme programme = programmes.of(epoch);
    if (programme == null) {
      throw new BrokenRule("a frame of nobody");
    }
    onFrame(epoch, programme, programme.frame(number), tag.timestampMillis());
    lastMillis[track] = tag.timestampMillis();
  }

  private void onFrame(int epoch, Programme programme, Programme.Frame frame, long millis) {
    judgeOrder(epoch, programme, frame);
    if (frame.video()) {
      require(frame.version() == configuredVersion[1], "a frame without its configuration");
    }
    boolean follows = epoch == lastEpoch && isNext(programme, frame);
    boolean starts = isStart(programme, frame);
    if (!follows && !starts) {
      throw new BrokenRule(
          "frame %d of %d is not decodable after frame %d of %d"
              .formatted(frame.order(), epoch, lastOrder, lastEpoch));
    }
    judgeStep(follows, frame, millis);
    frames++;
    lastEpoch = epoch;
    lastOrder = frame.order();
  }

  /** Within a run, each track keeps the distances of its programme. */
  private void judgeStep(boolean follows, Programme.Frame frame, long millis) {
    int track = frame.video() ? 1 : 0;
    if (!follows) {
      Arrays.fill(lastFrames, null);
    }
    Programme.Frame last = lastFrames[track];
    if (last != null) {
      long step = millis - lastMillis[track];
      long wanted = frame.millis() - last.millis();
      long slack = FRAMES_MILLIS + (shiftedTime.getAsBoolean() ? STEP_MILLIS : 0);
      if (Math.abs(step - wanted) > slack) {
        throw new BrokenRule("a step of %d ms became one of %d ms".formatted(wanted, step));
      }
    }
    lastFrames[track] = frame;
  }

  /**
   * In order and once. One way back is allowed: to the keyframe of a group of which viewers have
   * nothing, because they had a gap there, where the origin that takes over is that far behind. Its
   * clock is its own, and nobody has seen the group: nothing tells that it is older than what was
   * sent, and to wait until something known comes would keep viewers of every other origin waiting.
   */
  private void judgeOrder(int epoch, Programme programme, Programme.Frame frame) {
    BitSet had = hadOf.computeIfAbsent(epoch, key -> new BitSet());
    Integer newest = newestOf.get(epoch);
    boolean remembered = keyFrames - keyFramesAt.getOrDefault(epoch, 0) < GROUPS_REMEMBERED;
    if (newest != null && frame.order() <= newest && remembered) {
      boolean goesBack = isStart(programme, frame) && !had.get(frame.order());
      if (!goesBack) {
        throw new BrokenRule(
            "frame %d of %d again, or too late; the newest was %d"
                .formatted(frame.order(), epoch, newest));
      }
    }
    had.set(frame.order());
    newestOf.put(epoch, frame.order());
    keyFrames += frame.key() ? 1 : 0;
    keyFramesAt.put(epoch, keyFrames);
  }

  private boolean isStart(Programme programme, Programme.Frame frame) {
    return frame.key() || !programme.hasVideo || rendition == RenditionKind.AUDIO;
  }

  /** Whether no frame of this rendition lies between the last one and this. */
  private boolean isNext(Programme programme, Programme.Frame frame) {
    for (int i = lastOrder + 1; i < frame.order(); i++) {
      if (programme.frame(i).video() ? hasVideo() : hasAudio()) {
        return false;
      }
    }
    return frame.order() > lastOrder;
  }

  private boolean hasVideo() {
    return rendition != RenditionKind.AUDIO;
  }

  private boolean hasAudio() {
    return rendition != RenditionKind.VIDEO;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new BrokenRule(rule);
    }
  }
}
