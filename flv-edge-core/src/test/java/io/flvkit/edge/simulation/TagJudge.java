package io.flvkit.edge.simulation;

import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvTag;
import io.flvkit.edge.live.RenditionKind;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says of each tag that a viewer gets whether it may come now: header and prelude first, then runs
 * that start at keyframes and miss nothing; no frame twice; time of a track never steps back; the
 * decoder was told what it must know.
 */
final class TagJudge {
  /** A clamped step back makes a step of output this much shorter than that of the programme. */
  private static final long STEP_SLACK_MILLIS = 1_100;

  /** After so many groups of another programme a stream does not remember what it was before. */
  private static final int GROUPS_REMEMBERED = 1;

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
  private Programme.@Nullable Frame lastFrame;
  private long lastFrameMillis;
  private Programmes programmes = epoch -> null;
  private int frames;
  private int keyFrames;

  /** Finds a programme by its epoch. */
  interface Programmes {
    @Nullable Programme of(int epoch);
  }

  TagJudge(RenditionKind rendition) {
    this.rendition = rendition;
  }

  void knows(Programmes all) {
    programmes = all;
  }

  int frames() {
    return frames;
  }

  int lastEpoch() {
    return lastEpoch;
  }

  int lastOrder() {
    return lastOrder;
  }

  void onHeader(FlvHeader found) {
    require(header == null, "a second header");
    header = found;
  }

  void onTag(FlvTag tag) {
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
    lastMillis[track] = tag.timestampMillis();
    Programme programme = programmes.of(epoch);
    if (programme == null) {
      throw new BrokenRule("a frame of nobody");
    }
    onFrame(epoch, programme, programme.frame(number), tag.timestampMillis());
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
    if (follows && lastFrame != null) {
      long step = millis - lastFrameMillis;
      long wanted = frame.millis() - lastFrame.millis();
      if (Math.abs(step - wanted) > STEP_SLACK_MILLIS) {
        throw new BrokenRule("a step of %d ms became one of %d ms".formatted(wanted, step));
      }
    }
    frames++;
    lastEpoch = epoch;
    lastOrder = frame.order();
    lastFrame = frame;
    lastFrameMillis = millis;
  }

  /**
   * An origin may be so far behind that viewers have nothing of its group yet, because they had a
   * gap there: then they go back with it. Whatever they have of the last groups comes once.
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
