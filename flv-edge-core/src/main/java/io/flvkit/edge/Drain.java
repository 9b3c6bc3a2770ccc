package io.flvkit.edge;

import io.flvkit.edge.live.LiveService;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.netty.HttpListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The way down of an edge: a while as usual, so that balancers notice and a successor can take the
 * addresses; then no new connections, 503 on kept ones, live viewers reset evenly over the time
 * left; then everything closes.
 */
final class Drain {
  private static final long CHECK_NANOS = 20_000_000L;

  private final List<HttpListener> listeners;
  private final LiveService live;
  private final Loop loop;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private long deadlineNanos;

  Drain(List<HttpListener> listeners, LiveService live, Loop loop) {
    this.listeners = listeners;
    this.live = live;
    this.loop = loop;
  }

  /** Begins. The stage completes when every connection is gone or the time is over. */
  CompletionStage<Void> start(Duration delay, Duration timeout) {
    listeners.forEach(HttpListener::shareAddress);
    loop.schedule(delay.toNanos(), () -> stopListening(timeout));
    return done;
  }

  private void stopListening(Duration timeout) {
    listeners.forEach(HttpListener::drain);
    live.drain(timeout);
    deadlineNanos = loop.nanoTime() + timeout.toNanos();
    check();
  }

  private void check() {
    boolean empty = listeners.stream().allMatch(listener -> listener.connectionCount() == 0);
    if (empty || loop.nanoTime() - deadlineNanos >= 0) {
      done.complete(null);
    } else {
      loop.schedule(CHECK_NANOS, this::check);
    }
  }
}
