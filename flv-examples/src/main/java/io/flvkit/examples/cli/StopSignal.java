package io.flvkit.examples.cli;

import java.util.concurrent.CountDownLatch;

/** Waits for Ctrl-C or SIGTERM, so that a command that serves can end in order and exit 0. */
final class StopSignal {
  private final CountDownLatch received = new CountDownLatch(1);

  private StopSignal() {}

  static StopSignal install() {
    StopSignal stop = new StopSignal();
    Signals.on("INT", stop.received::countDown);
    Signals.on("TERM", stop.received::countDown);
    return stop;
  }

  /** Returns when the process is told to stop, or this thread is interrupted. */
  void await() {
    try {
      received.await();
    } catch (InterruptedException e) {
      // An embedder's way to say the same; the flag stays for the thread's owner.
      Thread.currentThread().interrupt();
    }
  }
}
