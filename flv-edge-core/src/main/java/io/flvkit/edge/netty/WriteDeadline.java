package io.flvkit.edge.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends a response whose client takes nothing for too long. Confined to the event loop. */
final class WriteDeadline {
  private final ChannelHandlerContext ctx;
  private final long timeoutNanos;
  private final Runnable onExpired;
  private @Nullable ScheduledFuture<?> timer;
  private long lastPending;
  private long lastProgress;

  WriteDeadline(ChannelHandlerContext ctx, Duration timeout, Runnable onExpired) {
    this.ctx = ctx;
    this.timeoutNanos = timeout.toNanos();
    this.onExpired = onExpired;
  }

  void start() {
    timer = ctx.executor().schedule(this::check, timeoutNanos, TimeUnit.NANOSECONDS);
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void check() {
    var outbound = ctx.channel().unsafe().outboundBuffer();
    long pending = outbound == null ? 0 : outbound.totalPendingWriteBytes();
    long progress = outbound == null ? 0 : outbound.currentProgress();
    if (pending > 0 && pending == lastPending && progress == lastProgress) {
      timer = null;
      onExpired.run();
      return;
    }
    lastPending = pending;
    lastProgress = progress;
    start();
  }
}
