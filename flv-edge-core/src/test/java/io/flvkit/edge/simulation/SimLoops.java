package io.flvkit.edge.simulation;

import io.flvkit.edge.loop.Loop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Several loops on one virtual clock. Those that have work take turns as the dice say, and each
 * task takes a few microseconds.
 */
final class SimLoops {
  private static final int TASK_NANOS_MAX = 5_000;
  private static final int TASKS_MAX = 2_000_000;

  private final Random random;
  private final List<SimLoop> loops = new ArrayList<>();
  private final List<SimLoop> busy = new ArrayList<>();
  private final PriorityQueue<Timed> timed =
      new PriorityQueue<>(Comparator.comparingLong(Timed::atNanos).thenComparing(Timed::order));
  private long nowNanos;
  private long scheduled;
  private @Nullable SimLoop running;

  private record Timed(long atNanos, long order, SimLoop loop, Runnable task) {}

  SimLoops(Random random, int count) {
    this.random = random;
    for (int i = 0; i < count; i++) {
      loops.add(new SimLoop());
    }
  }

  List<Loop> all() {
    return List.copyOf(loops);
  }

  long nowNanos() {
    return nowNanos;
  }

  long nowMillis() {
    return nowNanos / 1_000_000;
  }

  /** Lets time pass until that moment, running each task at its time or as soon after as it can. */
  void runUntil(long nanos) {
    runReady();
    while (!timed.isEmpty() && timed.peek().atNanos() <= nanos) {
      Timed next = timed.poll();
      nowNanos = Math.max(nowNanos, next.atNanos());
      next.loop().execute(next.task());
      runReady();
    }
    nowNanos = Math.max(nowNanos, nanos);
  }

  private void runReady() {
    for (int i = 0; !busy.isEmpty(); i++) {
      if (i > TASKS_MAX) {
        throw new BrokenRule("the loops never come to rest");
      }
      SimLoop loop = busy.get(random.nextInt(busy.size()));
      Runnable task = loop.tasks.remove();
      if (loop.tasks.isEmpty()) {
        busy.remove(loop);
      }
      running = loop;
      task.run();
      running = null;
      nowNanos += random.nextInt(TASK_NANOS_MAX);
    }
  }

  private final class SimLoop implements Loop {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
      if (tasks.isEmpty()) {
        busy.add(this);
      }
      tasks.add(task);
    }

    @Override
    public long nanoTime() {
      return nowNanos;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
      Timed entry = new Timed(nowNanos + Math.max(0, delayNanos), scheduled++, this, task);
      timed.add(entry);
      return () -> timed.remove(entry);
    }

    @Override
    public boolean inLoop() {
      return running == this;
    }
  }
}
