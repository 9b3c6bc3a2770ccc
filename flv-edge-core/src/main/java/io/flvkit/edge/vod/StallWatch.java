package io.flvkit.edge.vod;

import io.flvkit.edge.loop.Loop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Notices that nothing came for a while. Confined to the loop. */
final class StallWatch {
  private final Loop loop;
  private final long limitNanos;
  private final Runnable onStall;
  private Loop.@Nullable Timer timer;
  private long lastNanos;

  StallWatch(Loop loop, Duration limit, Runnable onStall) {
    this.loop = loop;
    this.limitNanos = limit.toNanos();
    this.onStall = onStall;
  }

  void start() {
    stop();
    lastNanos = loop.nanoTime();
    timer = loop.schedule(limitNanos, this::check);
  }

  /** Something came. */
  void progress() {
    lastNanos = loop.nanoTime();
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void check() {
    if (timer == null) {
      return;
    }
    long quiet = loop.nanoTime() - lastNanos;
    if (quiet >= limitNanos) {
      timer = null;
      onStall.run();
    } else {
      timer = loop.schedule(limitNanos - quiet, this::check);
    }
  }
}
