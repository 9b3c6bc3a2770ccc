package io.flvkit.edge.live;

import io.flvkit.edge.loop.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A loop in virtual time: nothing happens but by {@link #runReady} and {@link #advance}. */
final class VirtualLoop implements Loop {
  private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
  private final PriorityQueue<Timed> timed =
      new PriorityQueue<>(Comparator.comparingLong(Timed::atNanos).thenComparing(Timed::order));
  private long nowNanos;
  private long scheduled;

  private record Timed(long atNanos, long order, Runnable task) {}

  @Override
  public void execute(Runnable task) {
    ready.add(task);
  }

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    Timed entry = new Timed(nowNanos + Math.max(0, delayNanos), scheduled++, task);
    timed.add(entry);
    return () -> timed.remove(entry);
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  /** Runs what can run now. */
  void runReady() {
    for (int i = 0; !ready.isEmpty(); i++) {
      if (i > 1_000_000) {
        throw new AssertionError("the loop never comes to rest");
      }
      ready.poll().run();
    }
  }

  /** Lets time pass, running each task at its time. */
  void advance(Duration time) {
    long until = nowNanos + time.toNanos();
    runReady();
    while (!timed.isEmpty() && timed.peek().atNanos() <= until) {
      Timed next = timed.poll();
      nowNanos = Math.max(nowNanos, next.atNanos());
      next.task().run();
      runReady();
    }
    nowNanos = until;
  }
}
