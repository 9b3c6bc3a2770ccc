package io.flvkit.edge.live;

import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.OriginConfig;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.CdnLoop;
import io.flvkit.edge.origin.OriginAnswer;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.edge.origin.PullFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pulls of one stream, one at a time beside its {@link Standby}: which origin is asked, and
 * what follows when it does not serve, ends, or breaks. Confined to the stream's home loop.
 */
final class Pulls {
  private static final long RETRY_NANOS_FIRST = 250_000_000L;
  private static final long RETRY_NANOS_MAX = 2_000_000_000L;

  /** After a pull of less than this for each origin, the next ones come with growing delays. */
  private static final long SHORT_PULL_NANOS = 5_000_000_000L;

  /** Why an origin that ended a stream in good order was left, beside {@link PullFailure}. */
  private static final String ENDED = "ended";

  /** Decides what the outcome means for viewers. */
  interface Outcome {
    /** Whether an origin has served before. */
    boolean isServing();

    /** The origin that served is gone; others are asked now. */
    void lost();

    /** Another origin than before serves. */
    void switched();

    /** No origin served at all. */
    void noneServes(LiveAnswer verdict);

    /** The stream is over. */
    void over(StreamEnd end);
  }

  private final LiveRequest first;
  private final LiveConfig config;
  private final LiveContext context;
  private final Loop home;
  private final PullSession.Owner owner;
  private final Outcome outcome;
  private final Standby standby;

  private OriginSearch search;
  private @Nullable PullSession session;
  private Loop.@Nullable Timer retry;
  private Loop.@Nullable Timer holdDeadline;
  private boolean started;
  private boolean serving;
  private boolean watched;
  private int asked;
  private int served = -1;
  private int switches;
  private int rounds;
  private int shortPulls;
  private long servedAtNanos;
  private long switchedAtNanos;
  private @Nullable String lostBy;

  Pulls(
      LiveRequest first,
      LiveConfig config,
      LiveContext context,
      Loop home,
      PullSession.Owner owner,
      Outcome outcome) {
    this.first = first;
    this.config = config;
    this.context = context;
    this.home = home;
    this.owner = owner;
    this.outcome = outcome;
    this.standby = new Standby(path(), config, context, home, this::request, owner::keyFrameWithin);
    this.search = OriginSearch.ofAll(List.of());
  }

  /** Begins to ask. A second call does nothing. */
  void connect() {
    if (!started) {
      started = true;
      search = OriginSearch.ofAll(order(OriginChoice.first(config, path()), false));
      askNext();
    }
  }

  /** Whether anybody watches: only then is a standby kept. */
  void watched(boolean now) {
    watched = now;
    if (!watched) {
      standby.end();
    } else if (serving) {
      standby.keep();
    }
  }

  void stop() {
    standby.end();
    if (session != null) {
      session.cancel();
      session = null;
    }
    if (retry != null) {
      retry.cancel();
      retry = null;
    }
    stopHoldDeadline();
  }

  private void stopHoldDeadline() {
    if (holdDeadline != null) {
      holdDeadline.cancel();
      holdDeadline = null;
    }
  }

  /** The URL of the origin that serves, or was asked last. */
  @Nullable String currentUrl() {
    return started ? askedUrl() : null;
  }

  /** What the present pull brings reaches viewers. */
  void recovered() {
    stopHoldDeadline();
  }

  /** The first tag of the present pull came. */
  void served() {
    serving = true;
    servedAtNanos = home.nanoTime();
    context.health().served(askedOrigin().url());
    context.events().originServes(askedUrl());
    if (served != asked) {
      context.events().originSwitched(path(), askedUrl(), lostBy);
      if (served >= 0) {
        switches++;
        switchedAtNanos = home.nanoTime();
        outcome.switched();
      }
      served = asked;
    }
    if (watched) {
      standby.keep();
    }
  }

  /** The origin answered with something else than a stream. */
  void refused(OriginAnswer answer) {
    context.events().originFailed(path(), askedUrl(), "status-" + answer.status(), "refused");
    if (!answer.isClientError()) {
      context.health().failed(askedOrigin().url(), true, home.nanoTime());
    }
    search.refused(answer);
    if (answer.isClientError() && !outcome.isServing()) {
      outcome.noneServes(new LiveAnswer.Refused(answer));
    } else {
      askNext();
    }
  }

  /** The origin ended the stream in good order: is it over, or served elsewhere? */
  void ended() {
    lose(null);
  }

  /** The pull broke, before its first tag or after. */
  void failed(PullFailure failure, String detail) {
    context.events().originFailed(path(), askedUrl(), failure.label(), detail);
    if (serving) {
      lose(failure);
    } else {
      context.health().failed(askedOrigin().url(), failure.isReachable(), home.nanoTime());
      search.failed(failure, detail);
      askNext();
    }
  }

  /**
   * The pull that served is gone: ask every origin, beginning with the standby if it broke, else
   * with itself unless it hangs.
   */
  private void lose(@Nullable PullFailure failure) {
    serving = false;
    lostBy = failure == null ? ENDED : failure.label();
    if (holdDeadline == null) {
      holdDeadline =
          home.schedule(config.holdTimeout().toNanos(), () -> outcome.over(StreamEnd.LOST));
    }
    boolean shortPull = home.nanoTime() - servedAtNanos < SHORT_PULL_NANOS;
    shortPulls = shortPull ? shortPulls + 1 : 0;
    rounds = shortPull ? rounds : 0;
    outcome.lost();
    if (shortPulls > config.origins().size()) {
      askLater();
      return;
    }
    boolean hangs = failure == PullFailure.STALL || failure == PullFailure.BROKEN_STREAM;
    beginRound(hangs ? served + 1 : served);
  }

  private void beginRound(int from) {
    long sinceSwitch = home.nanoTime() - switchedAtNanos;
    boolean mayBeOver = ENDED.equals(lostBy); // only all of them together can say so
    boolean heldDown = !mayBeOver && switches > 0 && sinceSwitch < config.holdDown().toNanos();
    int ready = mayBeOver ? -1 : standby.ready();
    search =
        heldDown
            ? OriginSearch.only(served)
            : OriginSearch.ofAll(order(ready >= 0 ? ready : from, true));
    askNext();
  }

  /**
   * All origins from that one on, going round; those in trouble last.
   *
   * @param inAnyCase whether the first one is asked first whatever its health
   */
  private List<Integer> order(int from, boolean inAnyCase) {
    int count = config.origins().size();
    List<Integer> order = new ArrayList<>();
    List<Integer> later = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int origin = (from + i) % count;
      boolean first = i == 0 && inAnyCase;
      boolean fine =
          first || context.health().mayGoFirst(config.origins().get(origin).url(), home.nanoTime());
      (fine ? order : later).add(origin);
    }
    order.addAll(later);
    return order;
  }

  private void askNext() {
    int origin = search.next();
    if (origin >= 0) {
      asked = origin;
      ask(origin);
      return;
    }
    if (!outcome.isServing()) {
      outcome.noneServes(search.verdict());
    } else if (search.isDeniedByAll()) {
      outcome.over(StreamEnd.ENDED);
    } else {
      askLater();
    }
  }

  private void ask(int origin) {
    standby.beside(origin);
    StandbyPull spare = standby.takeFrom(origin);
    if (spare == null) {
      session = new PullSession(home, config, context.connector(), request(origin), owner);
    } else {
      session = spare.session();
      spare.handOver(owner);
    }
  }

  /** Asks all again after a growing, jittered delay; the hold's deadline runs meanwhile. */
  private void askLater() {
    long delay = Math.min(RETRY_NANOS_MAX, RETRY_NANOS_FIRST << Math.min(rounds, 8));
    rounds++;
    long jittered = delay / 2 + (long) (context.random().nextDouble() * delay / 2);
    retry =
        home.schedule(
            jittered,
            () -> {
              retry = null;
              beginRound(served);
            });
  }

  private OriginRequest request(int index) {
    OriginConfig origin = config.origins().get(index);
    Headers.Builder headers = Headers.builder();
    if (origin.host() != null) {
      headers.add("Host", origin.host());
    }
    headers
        .add("X-Request-Id", first.requestId())
        .add("User-Agent", "flvkit")
        .add(CdnLoop.FIELD, context.loop().after(first.hops()));
    origin.headers().forEach(headers::add);
    return new OriginRequest(
        OriginUrls.of(origin.url(), config.path(), first.path(), first.originQuery()),
        "GET",
        headers.build(),
        config.connectTimeout(),
        redirectHosts(),
        origin.authorities());
  }

  /** Every origin of the mount counts as configured, besides what is named. */
  private Set<String> redirectHosts() {
    Set<String> hosts = new HashSet<>(config.followRedirectsTo());
    config.origins().forEach(origin -> hosts.add(origin.hostAndPort()));
    return hosts;
  }

  private String path() {
    return first.path().encoded();
  }

  private OriginConfig askedOrigin() {
    return config.origins().get(asked);
  }

  private String askedUrl() {
    return askedOrigin().url().toString();
  }
}
