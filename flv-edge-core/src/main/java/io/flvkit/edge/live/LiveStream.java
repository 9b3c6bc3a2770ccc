package io.flvkit.edge.live;

import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvTag;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.http.Protocol;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginAnswer;
import io.flvkit.edge.origin.PullFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One live stream of the edge: at most one pull, and the viewers of what it brings. Everything but
 * {@link ViewerHome} is confined to the home loop.
 *
 * <p>Connecting until the first tag; then live; holding while no origin serves; ended once, after
 * which the service makes a new stream for whoever asks.
 */
final class LiveStream implements ViewerHome, PullSession.Owner {
  /** An origin that joins anywhere needs up to a group for its first keyframe. */
  private static final double GROUPS_AWAITED = 1.5;

  /** Longer than it takes to find out that promised pictures do not come. */
  private static final long KEY_FRAME_MILLIS_LEAST = 2_000;

  private final String path;
  private final LiveConfig config;
  private final LiveContext context;
  private final Loop home;
  private final Pulls pulls;
  private final StreamMedia media;
  private final Instant startedAt;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Map<RenditionKind, Integer> viewers = new EnumMap<>(RenditionKind.class);
  private final Map<Protocol, Integer> protocols = new EnumMap<>(Protocol.class);

  private StreamState state = StreamState.CONNECTING;
  private boolean spliceWanted;
  private int failovers;
  private long jumps;
  private long ingestedBytes;
  private Loop.@Nullable Timer idleTimer;

  private record Waiting(LiveRequest request, CompletableFuture<LiveAnswer> answer) {}

  LiveStream(LiveRequest first, LiveConfig config, LiveContext context, Loop home) {
    this.path = first.path().encoded();
    this.config = config;
    this.context = context;
    this.home = home;
    this.media = new StreamMedia(path, config, context, home);
    this.startedAt = context.wallClock().instant();
    this.pulls = new Pulls(first, config, context, home, this, new Recovery());
  }

  Loop home() {
    return home;
  }

  /**
   * Lets somebody watch, now or when the origin has answered. Returns false if the stream has
   * ended: then a new one must be asked.
   */
  boolean join(LiveRequest request, CompletableFuture<LiveAnswer> answer) {
    if (state == StreamState.ENDED) {
      return false;
    }
    String limit =
        context.memory().isTight()
            ? "memory"
            : context.limits().reached(viewerCount() + waiting.size());
    if (limit != null) {
      answer.complete(new LiveAnswer.Overloaded(limit));
      endIfNeverWanted();
      return true;
    }
    context.limits().entered();
    if (state == StreamState.CONNECTING) {
      waiting.add(new Waiting(request, answer));
      pulls.connect();
    } else {
      answer.complete(admit(request, false));
    }
    return true;
  }

  /** A stream whose first request found no room asks no origin. */
  private void endIfNeverWanted() {
    if (state == StreamState.CONNECTING && waiting.isEmpty()) {
      end(StreamEnd.LOST);
    }
  }

  private LiveAnswer admit(LiveRequest request, boolean waited) {
    viewers.merge(request.rendition(), 1, Integer::sum);
    protocols.merge(request.protocol(), 1, Integer::sum);
    stopIdleTimer();
    pulls.watched(true);
    Rendition rendition = media.rendition(request.rendition(), request.start());
    Viewer viewer =
        new Viewer(rendition, request.protocol(), request.start(), this, request.listener());
    return new LiveAnswer.Watching(viewer, waited, pulls.currentUrl());
  }

  // What the pull brings.

  @Override
  public void header(FlvHeader header) {
    media.onHeader(header);
  }

  @Override
  public void tag(FlvTag tag) {
    boolean firstOfPull = spliceWanted || state == StreamState.CONNECTING;
    if (spliceWanted) {
      spliceWanted = false;
      media.splice();
    }
    if (firstOfPull) {
      pulls.served();
    }
    if (!media.onTag(tag)) {
      media.publish();
      end(StreamEnd.REBASED);
      return;
    }
    ingestedBytes += tag.bodyBytes();
    if (state == StreamState.CONNECTING || (state == StreamState.HOLDING && isFlowing())) {
      becomeLive();
    }
  }

  @Override
  public boolean isFlowing() {
    return media.isFlowing() && media.hasStart();
  }

  @Override
  public Duration keyFrameWithin() {
    Double group = media.figures().gopSeconds();
    long groupMillis = group == null ? 0 : (long) (group * GROUPS_AWAITED * 1_000);
    long least = Math.max(config.firstByteTimeout().toMillis(), KEY_FRAME_MILLIS_LEAST);
    return Duration.ofMillis(Math.max(least, groupMillis));
  }

  private void becomeLive() {
    if (state == StreamState.CONNECTING) {
      context.events().started(path, media.figures());
    }
    state = StreamState.LIVE;
    pulls.recovered();
    List<Waiting> admitted = List.copyOf(waiting);
    waiting.clear();
    admitted.forEach(one -> one.answer.complete(admit(one.request, true)));
    checkIdle();
  }

  @Override
  public void restarted(FlvHeader header) {
    media.onHeader(header);
    media.splice();
  }

  @Override
  public void framingLost(String detail) {
    context.events().framingLost(path, pulls.currentUrl(), detail);
    media.resumeAtKeyFrame();
  }

  @Override
  public void batchEnded() {
    context.events().ingested(path, ingestedBytes);
    ingestedBytes = 0;
    media.publish();
    long bytesMax = context.memory().streamBytesMax(home.nanoTime());
    if (bytesMax < Long.MAX_VALUE && media.heldBytes() > bytesMax) {
      end(StreamEnd.SHED);
    }
  }

  @Override
  public void refused(OriginAnswer answer) {
    pulls.refused(answer);
  }

  @Override
  public void ended() {
    pulls.ended();
  }

  @Override
  public void failed(PullFailure failure, String detail) {
    pulls.failed(failure, detail);
  }

  /** What the search for an origin comes to. */
  private final class Recovery implements Pulls.Outcome {
    @Override
    public void lost() {
      state = StreamState.HOLDING;
      spliceWanted = true;
    }

    @Override
    public void switched() {
      failovers++;
    }

    @Override
    public void noneServes(LiveAnswer verdict) {
      end(StreamEnd.LOST, verdict);
    }

    @Override
    public void over(StreamEnd end) {
      end(end);
    }

    @Override
    public boolean isServing() {
      return state != StreamState.CONNECTING;
    }
  }

  // The end.

  /** Ends the stream for everybody. A second call does nothing. */
  void end(StreamEnd end) {
    end(end, new LiveAnswer.Failed(false, end.reason().label()));
  }

  private void end(StreamEnd end, LiveAnswer verdict) {
    if (state == StreamState.ENDED) {
      return;
    }
    if (state != StreamState.CONNECTING) {
      context.events().ended(path);
    }
    state = StreamState.ENDED;
    pulls.stop();
    stopIdleTimer();
    context.removed().accept(this);
    media.close(end);
    if (viewerCount() == 0 || end.equals(StreamEnd.DRAINED)) {
      release();
    }
    List<Waiting> refused = List.copyOf(waiting);
    waiting.clear();
    for (Waiting one : refused) {
      context.limits().left();
      one.answer.complete(verdict);
    }
  }

  /**
   * Gives the memory of a stream that has ended back, its last viewers reset: of a closing edge
   * nobody tells when they have left.
   */
  void release() {
    media.drain(Duration.ZERO, 0); // those too that take nothing now
    media.discard();
    context.released().accept(this);
  }

  /** Resets the viewers of now, evenly over that time. */
  void drain(Duration over) {
    media.drain(over, context.random().nextDouble());
  }

  // Viewers; they call from their own loops.

  @Override
  public void jumped() {
    home.run(() -> jumps++);
  }

  @Override
  public void left(Viewer viewer) {
    home.run(() -> onLeft(viewer));
  }

  private void onLeft(Viewer viewer) {
    context.limits().left();
    RenditionKind kind = viewer.rendition().kind();
    int remaining = viewers.merge(kind, -1, Integer::sum);
    protocols.merge(viewer.protocol(), -1, Integer::sum);
    if (state == StreamState.ENDED) {
      if (viewerCount() == 0) {
        release();
      }
      return;
    }
    if (remaining == 0) {
      media.drop(viewer.rendition());
    }
    checkIdle();
  }

  private void checkIdle() {
    if (viewerCount() == 0 && waiting.isEmpty() && idleTimer == null) {
      pulls.watched(false);
      idleTimer =
          home.schedule(
              config.idleTimeout().toNanos(),
              () -> {
                idleTimer = null;
                end(StreamEnd.ENDED);
              });
    }
  }

  private void stopIdleTimer() {
    if (idleTimer != null) {
      idleTimer.cancel();
      idleTimer = null;
    }
  }

  private int viewerCount() {
    return viewers.values().stream().mapToInt(Integer::intValue).sum();
  }

  String path() {
    return path;
  }

  /** What the admin API tells of this stream. */
  StreamInfo info() {
    StreamFigures figures = media.figures();
    return new StreamInfo(
        path,
        state,
        pulls.currentUrl(),
        viewerCount(),
        viewers.getOrDefault(RenditionKind.FULL, 0),
        viewers.getOrDefault(RenditionKind.AUDIO, 0),
        viewers.getOrDefault(RenditionKind.VIDEO, 0),
        Map.copyOf(protocols),
        figures.codecs(),
        figures.bitrateBps(),
        figures.fps(),
        figures.gopSeconds(),
        media.full().window().stats().durationMillis() / 1000.0,
        media.full().window().stats().bytes(),
        failovers,
        jumps,
        startedAt);
  }
}
