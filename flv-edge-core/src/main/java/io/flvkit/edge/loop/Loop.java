package io.flvkit.edge.loop;

import java.util.concurrent.Executor;

/** One thread that runs tasks in order, with monotonic time. */
public interface Loop extends Executor {
  /** Monotonic nanoseconds; only differences mean something. Callable from any thread. */
  long nanoTime();

  /** Runs the task on this loop after the delay. Callable from any thread. */
  Timer schedule(long delayNanos, Runnable task);

  /** Whether the caller is on this loop. */
  boolean inLoop();

  /** Runs the task now if the caller is on this loop, else hands it over. */
  default void run(Runnable task) {
    if (inLoop()) {
      task.run();
    } else {
      execute(task);
    }
  }

  /** A task that waits for its time. */
  interface Timer {
    /** The task does not run any more, unless it already did. */
    void cancel();
  }
}
