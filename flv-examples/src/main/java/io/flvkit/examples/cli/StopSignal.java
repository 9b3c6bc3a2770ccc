package io.flvkit.examples.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for Ctrl-C or SIGTERM, so that a command that serves can end in order and exit 0. */
final class StopSignal {
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private final CompletableFuture<Void> second = new CompletableFuture<>();

  private StopSignal() {}

  static StopSignal install() {
    StopSignal stop = new StopSignal();
    Signals.on("INT", stop::receive);
    Signals.on("TERM", stop::receive);
    return stop;
  }

  private void receive() {
    if (!first.complete(null)) {
      second.complete(null);
    }
  }

  /** Returns when the process is told to stop, or this thread is interrupted. */
  void await() {
    try {
      first.get();
    } catch (InterruptedException e) {
      // An embedder's way to say the same; the flag stays for the thread's owner.
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Completes when the process is told to stop once more, by someone who will not wait. */
  CompletableFuture<Void> again() {
    return second;
  }
}
