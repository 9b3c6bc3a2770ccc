package io.flvkit.edge.live;

import io.flvkit.buffer.JoinPoint;
import io.flvkit.buffer.ReadStatus;
import io.flvkit.buffer.RecordCursor;
import io.flvkit.buffer.SlidingWindow;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.OnMetaData;
import io.flvkit.codec.TagType;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.loop.Loop;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The media of one stream: takes the tags of the origin in order and writes them into the
 * renditions that are watched. Free of I/O and of time but the stream's own. Confined to the
 * stream's home loop.
 */
final class StreamMedia {
  /** After so much media the header tells of the tracks seen, no longer of those promised. */
  private static final long PROMISE_MILLIS = 1_000;

  private final LiveConfig config;
  private final LiveContext context;
  private final Timeline timeline;
  private final Map<RenditionKind, Rendition> renditions = new EnumMap<>(RenditionKind.class);
  private final Rendition full;
  private final StreamFigures figures;
  private final LeadTrack lead = new LeadTrack();
  private final CRC32C crc = new CRC32C();
  private final SentFrames sent = new SentFrames();
  private final Splicer splicer;

  private Configuration configuration = Configuration.NONE;
  private FlvHeader promised = new FlvHeader(true, true);
  private boolean sawAudio;
  private boolean sawVideo;
  private long firstMillis = -1;
  private Configuration sentConfiguration = Configuration.NONE;
  private long configurationChanges;
  private boolean keyFrameForAudio;
  private boolean joinable;

  StreamMedia(String path, LiveConfig config, LiveContext context, Loop home) {
    this.config = config;
    this.context = context;
    this.figures = new StreamFigures(home::nanoTime);
    this.timeline = new Timeline(kind -> context.events().timestampFault(path, kind));
    this.full = new Rendition(RenditionKind.FULL, config, context);
    this.splicer = new Splicer(timeline, sent);
    renditions.put(RenditionKind.FULL, full);
  }

  Timeline timeline() {
    return timeline;
  }

  StreamFigures figures() {
    return figures;
  }

  Rendition full() {
    return full;
  }

  /** The header of a pull: what its origin promises. */
  void onHeader(FlvHeader header) {
    promised = header;
    updateHeaders();
  }

  /**
   * Another pull takes over, or the origin begins anew. Its media goes on in time, from its first
   * keyframe, without what viewers have already; configuration is repeated only if it differs from
   * the one in force.
   */
  void splice() {
    lead.reset();
    splicer.beginsAnew(promised.hasVideo() || sawVideo);
  }

  /** Tags may be missing: what follows is of use from the next keyframe on. */
  void resumeAtKeyFrame() {
    splicer.resumeAtKeyFrame(sawVideo);
  }

  /** Whether tags reach viewers, or the first frame of a spliced pull is still awaited. */
  boolean isFlowing() {
    return splicer.isFlowing();
  }

  /** Whether there was ever a place where viewers could start. */
  boolean hasStart() {
    return joinable;
  }

  /**
   * Takes the next tag of the origin, of a type that viewers get. Returns whether it has a place in
   * time: when the output reaches 2^31 ms, only a new stream can go on, from a smaller one.
   */
  boolean onTag(FlvTag tag) {
    configuration = configuration.after(tag);
    boolean coded = tag.isCodedMedia();
    boolean start = lead.startsAt(tag, timeline.newestMillis());
    int fingerprint = coded ? fingerprint(tag) : 0;
    Splicer.Verdict verdict = splicer.judge(tag, start, fingerprint);
    if (verdict == Splicer.Verdict.DROP) {
      return true;
    }
    long millis =
        coded
            ? timeline.place(tag.isVideo(), tag.timestampMillis())
            : timeline.placeAside(tag.type() == TagType.SCRIPT, tag.timestampMillis());
    if (millis >= Timeline.LIMIT_MILLIS) {
      return false;
    }
    if (verdict == Splicer.Verdict.RESUME) {
      resume(millis);
    }
    if (coded) {
      sent.add(tag, start, fingerprint, millis);
      sawTrack(tag);
    }
    if (!configuration.hasSameTracks(sentConfiguration)) {
      configurationChanges++;
    }
    sentConfiguration = configuration;
    markJoinPoints(tag, start, millis);
    int kind = RecordKind.of(tag);
    for (Rendition rendition : renditions.values()) {
      if (RecordKind.belongsTo(kind, rendition.kind())) {
        FlvTag own = forRendition(tag, rendition);
        rendition.append(own, millis, timeline.newestMillis());
      }
    }
    figures.count(tag, lead, start, millis);
    return true;
  }

  private int fingerprint(FlvTag tag) {
    crc.reset();
    crc.update(tag.body());
    return (int) crc.getValue();
  }

  /** The stream goes on, perhaps with other tracks than before. */
  private void resume(long millis) {
    if (splicer.isWithoutVideo() && sawVideo) {
      sawVideo = false;
      updateHeaders();
    }
    writeChangedConfiguration(millis);
  }

  /** A filtered rendition's metadata tells of its own tracks only. */
  private FlvTag forRendition(FlvTag tag, Rendition rendition) {
    if (rendition == full || tag.type() != TagType.SCRIPT) {
      return tag;
    }
    return OnMetaData.of(tag, FlvLimits.live())
        .map(found -> Configuration.liveMetadata(found, rendition.header()))
        .map(live -> FlvTag.of(TagType.SCRIPT, tag.timestampMillis(), live.toBody()))
        .orElse(tag);
  }

  private void writeChangedConfiguration(long millis) {
    if (configuration.hasSameTracks(sentConfiguration)) {
      return;
    }
    configuration.forEachTag(
        millis,
        (record, kind) -> {
          for (Rendition rendition : renditions.values()) {
            if (RecordKind.belongsTo(kind, rendition.kind())) {
              rendition.append(record, kind, timeline.newestMillis());
            }
          }
        });
  }

  private void sawTrack(FlvTag tag) {
    long newest = timeline.newestMillis();
    if (firstMillis < 0) {
      firstMillis = newest;
    }
    boolean known = tag.isVideo() ? sawVideo : sawAudio;
    sawVideo |= tag.isVideo();
    sawAudio |= tag.isAudio();
    if (!known || newest - firstMillis >= PROMISE_MILLIS) {
      updateHeaders();
    }
  }

  private void updateHeaders() {
    boolean settled = firstMillis >= 0 && timeline.newestMillis() - firstMillis >= PROMISE_MILLIS;
    FlvHeader header =
        settled
            ? new FlvHeader(sawAudio, sawVideo)
            : new FlvHeader(sawAudio || promised.hasAudio(), sawVideo || promised.hasVideo());
    if (!header.equals(full.header())) {
      renditions.values().forEach(rendition -> rendition.setHeader(header));
    }
  }

  /**
   * Viewers start at keyframes. A stream in which no video was seen starts at any sound; if its
   * header promises video, only when a second has shown that the promise was empty.
   */
  private void markJoinPoints(FlvTag tag, boolean start, long millis) {
    if (start) {
      JoinContext context = contextAt(millis);
      long pts = millis + tag.compositionMillis();
      markInFull(pts, context);
      Rendition video = renditions.get(RenditionKind.VIDEO);
      if (video != null) {
        video.markJoinPoint(pts, context);
      }
      keyFrameForAudio = true;
      return;
    }
    if (!tag.isAudio() || !tag.isCodedMedia()) {
      return;
    }
    boolean withoutVideo = !sawVideo && !full.header().hasVideo();
    if (withoutVideo) {
      markInFull(millis, contextAt(millis));
    }
    Rendition audio = renditions.get(RenditionKind.AUDIO);
    if (audio != null && (withoutVideo || keyFrameForAudio)) {
      audio.markJoinPoint(millis, contextAt(millis));
      keyFrameForAudio = false;
    }
  }

  private JoinContext contextAt(long millis) {
    return new JoinContext(configuration, configurationChanges, millis);
  }

  private void markInFull(long ptsMillis, JoinContext context) {
    full.markJoinPoint(ptsMillis, context);
    joinable = true;
  }

  /**
   * The rendition of that kind; when nobody watched it before, made from the window's media, as far
   * back as its first viewer wants it.
   */
  Rendition rendition(RenditionKind kind, StartAt start) {
    Rendition present = renditions.get(kind);
    if (present != null) {
      return present;
    }
    Rendition made = new Rendition(kind, config, context);
    made.setHeader(full.header());
    seed(made, seedPosition(start));
    renditions.put(kind, made);
    return made;
  }

  /** A group before the start: there may be nothing of the rendition's tracks behind it yet. */
  private long seedPosition(StartAt start) {
    SlidingWindow window = full.window();
    return start
        .in(window)
        .flatMap(
            point ->
                window.joinPointAtOrBefore(point.clockMillis() - 1).or(() -> Optional.of(point)))
        .map(JoinPoint::position)
        .orElseGet(window::tailPosition);
  }

  private void seed(Rendition rendition, long fromPosition) {
    boolean joinWanted = false;
    JoinContext context = contextAt(timeline.newestMillis());
    try (RecordCursor records = full.window().records(fromPosition)) {
      while (records.next() == ReadStatus.READY) {
        var join = records.joinPoint();
        if (join.isPresent()) {
          joinWanted = true;
          context = JoinContext.at(join.get());
        }
        if (!RecordKind.belongsTo(records.kind(), rendition.kind())) {
          continue;
        }
        if (joinWanted && (records.kind() & (RecordKind.SCRIPT | RecordKind.CONFIGURATION)) == 0) {
          rendition.markJoinPoint(records.clockMillis(), context);
          joinWanted = false;
        }
        rendition.append(records.bytes(), records.kind(), records.clockMillis());
      }
    }
    keyFrameForAudio |= joinWanted && rendition.kind() == RenditionKind.AUDIO;
    rendition.publish();
  }

  /** Nobody watches a filtered rendition any more. */
  void drop(Rendition rendition) {
    if (rendition != full && renditions.remove(rendition.kind(), rendition)) {
      rendition.close(StreamEnd.ENDED);
      rendition.window().discard();
    }
  }

  /** Shows viewers all tags taken so far. */
  void publish() {
    renditions.values().forEach(Rendition::publish);
    if (context.memory().isTight()) {
      renditions.values().forEach(rendition -> rendition.window().trim(0));
    }
  }

  /** Memory of the windows, with what viewers hold of what has left them. */
  long heldBytes() {
    return renditions.values().stream()
        .map(rendition -> rendition.window().stats())
        .mapToLong(stats -> stats.segmentBytes() + stats.pinnedBytes())
        .sum();
  }

  void drain(Duration over, double phase) {
    renditions.values().forEach(rendition -> rendition.drain(over, phase));
  }

  void close(StreamEnd end) {
    renditions.values().forEach(rendition -> rendition.close(end));
  }

  /** Gives back the memory of the closed windows. */
  void discard() {
    renditions.values().forEach(rendition -> rendition.window().discard());
  }
}
