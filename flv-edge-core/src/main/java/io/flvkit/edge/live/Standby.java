package io.flvkit.edge.live;

import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.OriginConfig;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginAnswer;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.edge.origin.PullFailure;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second origin of a stream connected, so that a switch needs no connect: at most one pull
 * beside the one that serves, of another origin, which begins again after growing, jittered delays
 * when it breaks. Does without while memory is tight. Confined to the stream's home loop.
 */
final class Standby {
  private static final long RETRY_NANOS_FIRST = 1_000_000_000L;
  private static final long RETRY_NANOS_MAX = 30_000_000_000L;
  private static final int DOUBLINGS_MAX = 5;

  /** A pull that lasted longer begins again as if it were the first. */
  private static final long LONG_PULL_NANOS = 5_000_000_000L;

  private final String path;
  private final LiveConfig config;
  private final LiveContext context;
  private final Loop home;
  private final IntFunction<OriginRequest> requests;
  private final Supplier<Duration> keyFrameWithin;

  private @Nullable StandbyPull pull;
  private Loop.@Nullable Timer retry;
  private int asked;
  private int failures;

  /**
   * Without a pull.
   *
   * @param requests what to ask the origin of that index
   * @param keyFrameWithin how long an origin may send tags without a keyframe
   */
  Standby(
      String path,
      LiveConfig config,
      LiveContext context,
      Loop home,
      IntFunction<OriginRequest> requests,
      Supplier<Duration> keyFrameWithin) {
    this.path = path;
    this.config = config;
    this.context = context;
    this.home = home;
    this.requests = requests;
    this.keyFrameWithin = keyFrameWithin;
  }

  /** That origin is asked now, or serves: another one is for the standby. */
  void beside(int origin) {
    asked = origin;
  }

  /** From now on a pull is kept, if the mount wants it. */
  void keep() {
    if (config.standby() && config.origins().size() > 1 && pull == null && retry == null) {
      open();
    }
  }

  /** Ends the pull, and keeps none. */
  void end() {
    if (retry != null) {
      retry.cancel();
      retry = null;
    }
    StandbyPull running = pull;
    if (running != null) {
      pull = null;
      running.cancel();
    }
  }

  /** The origin with which viewers could go on at once, or -1. */
  int ready() {
    return pull != null && pull.isReady() ? pull.origin() : -1;
  }

  /** Gives the pull away if it is one of that origin, and ends it if it is of no use. */
  @Nullable StandbyPull takeFrom(int origin) {
    StandbyPull taken = pull;
    if (taken == null || taken.origin() != origin) {
      return null;
    }
    pull = null;
    if (taken.isStale()) {
      taken.cancel();
      return null;
    }
    failures = 0;
    return taken;
  }

  private void open() {
    int origin = context.memory().isTight() ? -1 : choose();
    if (origin < 0) {
      openLater(RETRY_NANOS_FIRST);
    } else {
      pull =
          new StandbyPull(
              origin,
              requests.apply(origin),
              home,
              config,
              context,
              keyFrameWithin,
              new Watcher(config.origins().get(origin)));
    }
  }

  /** The next one after the origin that was asked, another one after each failure; -1: none now. */
  private int choose() {
    int others = config.origins().size() - 1;
    for (int i = 0; i < others; i++) {
      int origin = (asked + 1 + (failures + i) % others) % config.origins().size();
      if (context.health().mayGoFirst(config.origins().get(origin).url(), home.nanoTime())) {
        return origin;
      }
    }
    return -1;
  }

  /** The pull is over. */
  private void openAgain() {
    boolean lastedLong = pull != null && pull.ageNanos() > LONG_PULL_NANOS;
    pull = null;
    failures = lastedLong ? 1 : failures + 1;
    int doublings = Math.min(failures - 1, DOUBLINGS_MAX);
    openLater(Math.min(RETRY_NANOS_MAX, RETRY_NANOS_FIRST << doublings));
  }

  private void openLater(long nanos) {
    long jittered = nanos / 2 + (long) (context.random().nextDouble() * nanos / 2);
    retry =
        home.schedule(
            jittered,
            () -> {
              retry = null;
              open();
            });
  }

  private final class Watcher implements StandbyPull.Watcher {
    private final OriginConfig origin;

    Watcher(OriginConfig origin) {
      this.origin = origin;
    }

    @Override
    public void serves() {
      context.health().served(origin.url());
      context.events().originServes(origin.url().toString());
    }

    @Override
    public void passed(long bodyBytes) {
      context.events().ingested(path, bodyBytes);
    }

    @Override
    public void batchEnded() {
      if (pull != null && context.memory().isTight()) {
        end();
        openLater(RETRY_NANOS_MAX);
      }
    }

    @Override
    public void refused(OriginAnswer answer) {
      say("status-" + answer.status(), "refused");
      if (!answer.isClientError()) {
        context.health().failed(origin.url(), true, home.nanoTime());
      }
      openAgain();
    }

    @Override
    public void ended() {
      openAgain();
    }

    @Override
    public void failed(PullFailure failure, String detail) {
      say(failure.label(), detail);
      context.health().failed(origin.url(), failure.isReachable(), home.nanoTime());
      openAgain();
    }

    private void say(String reason, String detail) {
      context.events().originFailed(path, origin.url().toString(), reason, detail);
    }
  }
}
