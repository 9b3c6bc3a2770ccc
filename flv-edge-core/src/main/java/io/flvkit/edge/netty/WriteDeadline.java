package io.flvkit.edge.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Ends a response whose client takes nothing for too long. Confined to the event loop. */
final class WriteDeadline {
  /** What nobody took yet; also changes when some of it was. */
  private final LongSupplier waiting;

  private final EventExecutor loop;
  private final long timeoutNanos;
  private final Runnable onExpired;
  private @Nullable ScheduledFuture<?> timer;
  private long lastWaiting;

  /**
   * @param waiting 0 if nothing waits for the client, else a number that changes whenever the
   *     client takes something
   */
  WriteDeadline(EventExecutor loop, Duration timeout, LongSupplier waiting, Runnable onExpired) {
    this.loop = loop;
    this.timeoutNanos = timeout.toNanos();
    this.waiting = waiting;
    this.onExpired = onExpired;
  }

  /** Looks at what the socket has not taken. */
  static WriteDeadline ofConnection(
      ChannelHandlerContext ctx, Duration timeout, Runnable onExpired) {
    Channel channel = ctx.channel();
    return new WriteDeadline(ctx.executor(), timeout, () -> waitingIn(channel), onExpired);
  }

  private static long waitingIn(Channel channel) {
    var outbound = channel.unsafe().outboundBuffer();
    return outbound == null || outbound.totalPendingWriteBytes() == 0
        ? 0
        : (outbound.totalPendingWriteBytes() << 32) + outbound.currentProgress() + 1;
  }

  void start() {
    timer = loop.schedule(this::check, timeoutNanos, TimeUnit.NANOSECONDS);
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void check() {
    long now = waiting.getAsLong();
    if (now != 0 && now == lastWaiting) {
      timer = null;
      onExpired.run();
      return;
    }
    lastWaiting = now;
    start();
  }
}
