package io.flvkit.edge.vod;

import io.flvkit.edge.loop.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A loop in virtual time: nothing runs until {@link #run} or {@link #advance}. */
final class ManualLoop implements Loop {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::at));
  private long now;

  private record Waiting(long at, Runnable task) {}

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    Waiting entry = new Waiting(now + delayNanos, task);
    waiting.add(entry);
    return () -> waiting.remove(entry);
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  /** Runs what is due now. */
  void run() {
    for (Runnable task; (task = tasks.poll()) != null; ) {
      task.run();
    }
  }

  /** Lets time pass, timers first come first. */
  void advance(Duration time) {
    long until = now + time.toNanos();
    run();
    while (!waiting.isEmpty() && waiting.peek().at() <= until) {
      Waiting next = waiting.remove();
      now = next.at();
      next.task().run();
      run();
    }
    now = until;
  }

  /** Timers that somebody still waits for. */
  int timers() {
    return waiting.size();
  }
}
