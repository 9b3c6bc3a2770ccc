package io.flvkit.edge.live;

import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvTag;
import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginAnswer;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.edge.origin.PullFailure;
import java.time.Duration;
import java.util.function.Supplier;

/** A running pull that nobody watches yet, with its newest group. Confined to the home loop. */
final class StandbyPull implements PullSession.Owner {
  /** Later than this nothing comes from an origin that is well, and viewers have newer tags. */
  private static final long FRESH_NANOS = 500_000_000L;

  /** Hears how the pull gets on, until it is handed over. */
  interface Watcher {
    /** The first tag came. */
    void serves();

    /** So many bytes of the bodies of its tags are not held any more. */
    void passed(long bodyBytes);

    /** All tags that arrived together are held. */
    void batchEnded();

    /** The origin answered with something else than a stream. */
    void refused(OriginAnswer answer);

    /** The origin ended the stream in good order. */
    void ended();

    /** The pull broke. */
    void failed(PullFailure failure, String detail);
  }

  private final int origin;
  private final Loop home;
  private final long startNanos;
  private final Supplier<Duration> keyFrameWithin;
  private final Watcher watcher;
  private final NewestGroup group;
  private final PullSession session;
  private long lastTagNanos;
  private long bytesCame;
  private boolean serves;

  StandbyPull(
      int origin,
      OriginRequest request,
      Loop home,
      LiveConfig config,
      LiveContext context,
      Supplier<Duration> keyFrameWithin,
      Watcher watcher) {
    this.origin = origin;
    this.home = home;
    this.startNanos = home.nanoTime();
    this.keyFrameWithin = keyFrameWithin;
    this.watcher = watcher;
    this.group = new NewestGroup(config.window().bytes(), context.allocator());
    this.session = new PullSession(home, config, context.connector(), request, this);
  }

  int origin() {
    return origin;
  }

  PullSession session() {
    return session;
  }

  /** How long it has run. */
  long ageNanos() {
    return home.nanoTime() - startNanos;
  }

  /** Whether viewers could go on with it now: a keyframe is there, and what follows still comes. */
  boolean isReady() {
    return group.hasStart() && isFresh();
  }

  /** Whether it has something that is too old for viewers. */
  boolean isStale() {
    return serves && !isFresh();
  }

  private boolean isFresh() {
    return home.nanoTime() - lastTagNanos < FRESH_NANOS;
  }

  /** Ends it. */
  void cancel() {
    session.cancel();
    close();
  }

  private void close() {
    group.close();
    reportPassed();
  }

  /** Tells the heir what is held, then lets it have what comes. */
  void handOver(PullSession.Owner heir) {
    session.continueFor(heir);
    group.replay(
        new FlvHandler() {
          @Override
          public void onHeader(FlvHeader header) {
            heir.header(header);
          }

          @Override
          public void onTag(FlvTag tag) {
            if (!session.isOver()) {
              heir.tag(tag);
            }
          }
        });
    group.close();
    if (!session.isOver()) {
      heir.batchEnded();
    }
  }

  @Override
  public void header(FlvHeader header) {
    group.beginsAnew(header);
  }

  @Override
  public void restarted(FlvHeader header) {
    group.beginsAnew(header);
  }

  @Override
  public void framingLost(String detail) {
    group.forget();
  }

  @Override
  public void tag(FlvTag tag) {
    lastTagNanos = home.nanoTime();
    bytesCame += tag.bodyBytes();
    group.add(tag, (lastTagNanos - startNanos) / 1_000_000);
    if (!serves) {
      serves = true;
      watcher.serves();
    }
  }

  @Override
  public boolean isFlowing() {
    return group.hasStart();
  }

  @Override
  public Duration keyFrameWithin() {
    return keyFrameWithin.get();
  }

  @Override
  public void batchEnded() {
    group.trim();
    reportPassed();
    watcher.batchEnded();
  }

  /** What is held is told when it is dropped, or by the heir as what it gets. */
  private void reportPassed() {
    long passed = bytesCame - group.bodyBytes();
    bytesCame -= passed;
    watcher.passed(passed);
  }

  @Override
  public void refused(OriginAnswer answer) {
    close();
    watcher.refused(answer);
  }

  @Override
  public void ended() {
    close();
    watcher.ended();
  }

  @Override
  public void failed(PullFailure failure, String detail) {
    close();
    watcher.failed(failure, detail);
  }
}
