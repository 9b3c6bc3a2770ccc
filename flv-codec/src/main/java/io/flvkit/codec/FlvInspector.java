package io.flvkit.codec;

import io.flvkit.codec.FlvProblem.Kind;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of any length in constant memory and reports what it consists of and what is wrong
 * with it. Goes on behind damage. Confined to one thread.
 *
 * <pre>{@code
 * FlvInspector inspector = FlvInspector.create(FlvLimits.defaults());
 * while (channel.read(buffer.clear()) >= 0) {
 *   inspector.parse(buffer.flip());
 * }
 * inspector.end();
 * System.out.println(inspector.report().codecs());
 * }</pre>
 */
public final class FlvInspector {
  /** Most problems that a report lists. */
  public static final int MAX_PROBLEMS = 1000;

  private final FlvLimits limits;
  private final FlvHandler observer;
  private final FlvParser parser;
  private final ProblemList problems = new ProblemList(MAX_PROBLEMS);
  private final TimestampChecker times = TimestampChecker.create(problems::add);
  private final TrackLog tracks = new TrackLog(problems::add);
  private final IndexCheck index = new IndexCheck();
  private final TimeSpan span = new TimeSpan();
  private final VideoRhythm rhythm = new VideoRhythm();

  private @Nullable FlvHeader header;
  private @Nullable OnMetaData metadata;
  private long audio;
  private long video;
  private long script;
  private long other;
  private long keyframes;
  private long bytes;
  private long mediaBytes;
  private int rhythmTrack = -1;

  private FlvInspector(FlvLimits limits, FlvHandler observer) {
    this.limits = limits;
    this.observer = observer;
    this.parser = FlvParser.recovering(limits, new Events());
  }

  /** An inspector with the given limits. */
  public static FlvInspector create(FlvLimits limits) {
    return observed(limits, tag -> {});
  }

  /** An inspector that hands everything on to {@code observer} as well. */
  public static FlvInspector observed(FlvLimits limits, FlvHandler observer) {
    return new FlvInspector(limits, observer);
  }

  /**
   * Reads the remaining bytes of {@code chunk}, all of them.
   *
   * @throws FlvFormatException if {@link FlvLimits#maxResyncBytes()} are no FLV
   */
  public void parse(ByteBuffer chunk) {
    bytes += chunk.remaining();
    parser.parse(chunk);
  }

  /** Says that the input is complete: an unfinished tag is an error then. */
  public void end() {
    parser.end();
    FlvHeader announced = header;
    if (announced != null) {
      tracks.checkFlags(announced);
    }
    tracks.end();
    index.end(problems::add);
  }

  /** What has been found so far. */
  public FlvReport report() {
    long duration = span.millis();
    return new FlvReport(
        Optional.ofNullable(header),
        Optional.ofNullable(metadata),
        new FlvReport.TagCounts(audio, video, script, other),
        keyframes,
        tracks.codecs(),
        duration,
        bytes,
        duration == 0 ? 0 : Math.round(mediaBytes * 8000.0 / duration),
        rhythm.fps(),
        rhythm.gop(),
        problems.kept(),
        problems.omitted());
  }

  private final class Events implements FlvHandler {
    @Override
    public void onHeader(FlvHeader found) {
      header = found;
      observer.onHeader(found);
    }

    @Override
    public void onTag(FlvTag tag) {
      switch (tag.type()) {
        case TagType.AUDIO -> audio++;
        case TagType.VIDEO -> video++;
        case TagType.SCRIPT -> script++;
        default -> other++;
      }
      if (tag.isAudio() || tag.isVideo()) {
        media(tag);
      } else {
        data(tag);
      }
      observer.onTag(tag);
    }

    @Override
    public void onRestart(FlvHeader again, long position) {
      problems.add(FlvProblem.error(Kind.RESTART, position, "a further FLV header"));
      times.restart();
      observer.onRestart(again, position);
    }

    @Override
    public void onProblem(FlvProblem problem) {
      problems.add(problem);
      observer.onProblem(problem);
    }
  }

  private void media(FlvTag tag) {
    index.add(tag);
    tracks.add(tag);
    span.add(tag);
    mediaBytes += tag.bodyBytes();
    long step = times.check(tag);
    boolean encodedKey = tag.isKeyFrame() && tag.frameType() != FlvTag.FRAME_GENERATED_KEY;
    if (encodedKey) {
      keyframes++; // those that the encoder made: they tell its rhythm
    }
    if (tag.isVideo() && tag.isCodedMedia()) {
      rhythmTrack = rhythmTrack < 0 ? tag.trackId() : rhythmTrack;
      if (tag.trackId() == rhythmTrack) {
        rhythm.add(encodedKey, step);
      }
    }
  }

  private void data(FlvTag tag) {
    if (!tag.isScript()) {
      problems.add(
          FlvProblem.warning(Kind.UNKNOWN_TYPE, tag.position(), "tag of type " + tag.type()));
      return;
    }
    if (tag.bodyBytes() == 0) {
      problems.add(FlvProblem.warning(Kind.SCRIPT_DATA, tag.position(), "empty script tag"));
      return;
    }
    try {
      ScriptData data = ScriptData.parse(tag, limits);
      if (metadata == null && data.isMetaData()) {
        OnMetaData first = OnMetaData.of(data).orElseThrow();
        metadata = first;
        KeyframeIndex.of(first).ifPresent(index::expect);
      }
    } catch (FlvFormatException e) {
      problems.add(FlvProblem.error(Kind.SCRIPT_DATA, e.position(), e.reason()));
    }
  }
}
