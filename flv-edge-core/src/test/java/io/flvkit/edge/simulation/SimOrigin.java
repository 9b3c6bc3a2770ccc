package io.flvkit.edge.simulation;

import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginPull;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.edge.origin.PullFailure;
import io.flvkit.edge.origin.PullListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** An origin: relays a programme, a little late and in its own time base, while it is well. */
final class SimOrigin {
  /** What whoever connects meets. */
  enum Health {
    GOOD,
    REFUSING,
    UNREACHABLE,
    FROZEN,
    BUSY,
    MISSING,
    LYING,
    TRICKLING,
    KEYLESS
  }

  final Random random;
  private final SimLoops loops;
  private final List<SimPull> pulls = new ArrayList<>();
  private final long lagMillis;
  private Programme programme;
  private long startNanos;
  private long baseMillis;
  private Health health = Health.GOOD;
  private long goodSinceNanos;
  private int framesBeforeStep;
  private boolean over;

  SimOrigin(SimLoops loops, Random random, Programme programme, long lagMillis, long baseMillis) {
    this.loops = loops;
    this.random = random;
    this.programme = programme;
    this.lagMillis = lagMillis;
    this.baseMillis = baseMillis;
  }

  OriginPull open(Loop loop, OriginRequest request, PullListener listener) {
    SimPull pull = new SimPull(this, loop, request.uri().getPath(), listener);
    pulls.add(pull);
    long wait =
        health == Health.UNREACHABLE
            ? request.connectTimeout().toNanos()
            : (1 + random.nextInt(30)) * 1_000_000L;
    loop.schedule(wait, pull::begin);
    return pull;
  }

  Health health() {
    return health;
  }

  Programme programme() {
    return programme;
  }

  /** Since when this origin has served whoever asked; far in the future while it does not. */
  long goodSinceNanos() {
    return health == Health.GOOD ? goodSinceNanos : Long.MAX_VALUE;
  }

  /** How many frames of the programme have come to this origin. */
  int framesNow() {
    return programme.countAt((loops.nowNanos() - startNanos) / 1_000_000 - lagMillis);
  }

  long timestampOf(int frame) {
    return (baseMillis + programme.frame(frame).millis()) & 0xFFFF_FFFFL;
  }

  // Trouble.

  void become(Health next) {
    if (over) {
      return;
    }
    health = next;
    goodSinceNanos = loops.nowNanos();
    if (next != Health.GOOD && next != Health.FROZEN && next != Health.TRICKLING) {
      each(pull -> pull.breaks(PullFailure.RESET));
    }
  }

  /** The encoder is done: a good end, then 404 for ever. */
  void ends() {
    become(Health.GOOD);
    health = Health.MISSING;
    over = true;
    each(SimPull::endsInOrder);
  }

  void cutsOff() {
    each(SimPull::cutsOff);
  }

  void sendsGarbage() {
    each(SimPull::garbage);
  }

  /**
   * Whether that frame was sent before time stepped. Repeated after that it may seem to come after
   * the newest frame: then nothing tells it from a new one.
   */
  boolean hasSteppedSince(int frame) {
    return frame < framesBeforeStep;
  }

  void repeatsGroup() {
    each(SimPull::repeatsGroup);
  }

  void jumps(long millis) {
    framesBeforeStep = framesNow();
    baseMillis += millis;
    if (baseMillis < 0) {
      baseMillis += 1L << 32;
    }
  }

  /** Another run of the encoder, with time from somewhere else. */
  void restarts(Programme next, long base, boolean onConnection, boolean withHeader) {
    programme = next;
    framesBeforeStep = 0;
    startNanos = loops.nowNanos() - lagMillis * 1_000_000;
    baseMillis = base;
    each(
        pull -> {
          if (onConnection) {
            pull.startsAnew(withHeader);
          } else {
            pull.breaks(PullFailure.RESET);
          }
        });
  }

  private void each(Consumer<SimPull> deed) {
    for (SimPull pull : List.copyOf(pulls)) {
      pull.loop().execute(() -> deed.accept(pull));
    }
  }

  void forget(SimPull pull) {
    pulls.remove(pull);
  }

  long openPullsOf(String stream) {
    return pulls.stream().filter(pull -> pull.stream().equals(stream)).count();
  }

  int openPulls() {
    return pulls.size();
  }
}
