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
 * them; long walks are sliced, so that accepts and joins are not held up.
 *
 * <p>Merging adapts to load: after a walk that took a while the next one waits several times as
 * long, so that bytes collect and a write carries more; never longer than the latency budget. An
 * idle loop flushes each batch at once. All but {@link #wake} is confined to the loop.
 */
final class FanOut {
  /** Viewers walked before other tasks of the loop get their turn. */
  private static final int SLICE = 256;

  /** The share of a loop that walks may take before merging begins is 1 in (1 + this). */
  private static final int REST_PER_WORK = 2;

  private static final long CHECK_NANOS = 1_000_000_000L;

  private final Loop loop;
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
  private long workNanos;
  private long notBeforeNanos;
  private boolean everWalked;

  FanOut(Loop loop, LiveConfig config) {
    this.loop = loop;
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
      viewers.get(i).flush();
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
    viewers.removeIf(Viewer::isClosed);
    notBeforeNanos = now + Math.min(budgetNanos, workNanos * REST_PER_WORK);
    if (again) {
      again = false;
      wake();
    }
  }

  private void checkViewers() {
    if (viewers.isEmpty()) {
      checking = false;
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
