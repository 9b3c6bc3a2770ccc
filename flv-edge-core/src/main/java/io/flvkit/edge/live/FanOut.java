package io.flvkit.edge.live;

import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.loop.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The viewers of one rendition on one event loop. Woken once per batch of the writer, walks all of
 * them; long walks are sliced, so that accepts and joins are not held up. Between two walks it
 * rests as {@link LoopPace} says. All but {@link #wake} is confined to the loop.
 */
final class FanOut {
  /** Viewers walked before other tasks of the loop get their turn. */
  private static final int SLICE = 256;

  /** A new walk counts this part in the time that a walk is taken to last. */
  private static final int SMOOTHING = 4;

  private static final long CHECK_NANOS = 1_000_000_000L;

  private final Loop loop;
  private final LoopPace pace;
  private final long budgetNanos;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final List<Viewer> viewers = new ArrayList<>();

  // Made once: a wake-up leaves no garbage.
  private final Runnable onWake = this::onWake;
  private final Runnable beginWalk = this::beginWalk;
  private final Runnable walk = this::walk;

  private int next;
  private boolean walking;
  private boolean again;
  private boolean checking;
  private boolean waiting;
  private boolean someLeft;
  private long workNanos;
  private long walkNanos;
  private long notBeforeNanos;
  private boolean everWalked;

  FanOut(Loop loop, LoopPace pace, LiveConfig config) {
    this.loop = loop;
    this.pace = pace;
    this.budgetNanos = config.latencyBudget().toNanos();
  }

  Loop loop() {
    return loop;
  }

  /** Something was published. Called by the writer; the release in {@code publish} came before. */
  void wake() {
    if (woken.compareAndSet(false, true)) {
      loop.execute(onWake);
    }
  }

  void add(Viewer viewer) {
    viewers.add(viewer);
    if (!checking) {
      checking = true;
      loop.schedule(CHECK_NANOS, this::checkViewers);
    }
  }

  /**
   * Resets the viewers of now, evenly over that time. Called by any thread.
   *
   * @param phase from 0 to below 1: where in its share of the time each viewer is reset, so that
   *     many streams with one viewer each do not reset them all at once
   */
  void drain(Duration over, double phase) {
    loop.execute(
        () -> {
          List<Viewer> leaving = List.copyOf(viewers);
          for (int i = 0; i < leaving.size(); i++) {
            Viewer viewer = leaving.get(i);
            long delay = (long) (over.toNanos() * (i + phase) / leaving.size());
            loop.schedule(delay, () -> viewer.reset(EndReason.DRAIN));
          }
        });
  }

  private void onWake() {
    woken.set(false);
    if (walking) {
      again = true;
      return;
    }
    if (waiting) {
      return;
    }
    long wait = everWalked ? notBeforeNanos - loop.nanoTime() : 0;
    if (wait > 0) {
      waiting = true;
      loop.schedule(wait, beginWalk);
    } else {
      beginWalk();
    }
  }

  private void beginWalk() {
    waiting = false;
    walking = true;
    next = 0;
    workNanos = 0;
    walk();
  }

  private void walk() {
    long start = loop.nanoTime();
    int end = Math.min(viewers.size(), next + SLICE);
    for (int i = next; i < end; i++) {
      Viewer viewer = viewers.get(i);
      viewer.flush();
      someLeft |= viewer.isClosed();
    }
    next = end;
    long now = loop.nanoTime();
    workNanos += now - start;
    if (next < viewers.size()) {
      loop.execute(walk);
      return;
    }
    walking = false;
    everWalked = true;
    if (someLeft) {
      someLeft = false;
      viewers.removeIf(Viewer::isClosed);
    }
    countWork(viewers.isEmpty() ? 0 : walkNanos + (workNanos - walkNanos) / SMOOTHING);
    notBeforeNanos = now + pace.restNanos(budgetNanos);
    if (again) {
      again = false;
      wake();
    }
  }

  private void countWork(long nanos) {
    pace.walkTakes(nanos, walkNanos);
    walkNanos = nanos;
  }

  private void checkViewers() {
    if (viewers.isEmpty()) {
      checking = false;
      countWork(0);
      return;
    }
    long now = loop.nanoTime();
    for (int i = 0; i < viewers.size(); i++) {
      viewers.get(i).check(now);
    }
    if (!walking) {
      viewers.removeIf(Viewer::isClosed);
    }
    loop.schedule(CHECK_NANOS, this::checkViewers);
  }
}
