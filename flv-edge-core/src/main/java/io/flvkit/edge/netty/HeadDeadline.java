package io.flvkit.edge.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives a client its time for a request head; a trickle of bytes does not extend it. Stands before
 * the decoder, so that it sees the first byte. Tells {@link Http1Connection} by a user event.
 */
final class HeadDeadline extends ChannelInboundHandlerAdapter {
  /** The time is over. */
  enum Expired {
    /** In the middle of a head, or before the first one. */
    IN_HEAD,
    /** Between two requests. */
    BETWEEN_REQUESTS
  }

  private final HttpLimits limits;
  private @Nullable ScheduledFuture<?> timer;
  private long timerNanos;
  private @Nullable Expired event;
  private long deadlineNanos;
  private boolean inHead;

  HeadDeadline(HttpLimits limits) {
    this.limits = limits;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (ctx.channel().isActive()) {
      awaitHead(ctx);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    awaitHead(ctx);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!inHead && event != null) {
      awaitHead(ctx);
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stop();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    stop();
  }

  /** A head has arrived: no deadline until {@link #awaitNext}. */
  void headComplete() {
    event = null;
    inHead = false;
  }

  /** The connection is free for its next request. */
  void awaitNext(ChannelHandlerContext ctx) {
    await(ctx, limits.idleTimeout(), Expired.BETWEEN_REQUESTS);
  }

  private void awaitHead(ChannelHandlerContext ctx) {
    inHead = true;
    await(ctx, limits.headerTimeout(), Expired.IN_HEAD);
  }

  /** Sets the deadline. A timer that comes before it stays, and sets itself anew if need be. */
  private void await(ChannelHandlerContext ctx, Duration limit, Expired expired) {
    event = expired;
    deadlineNanos = ctx.executor().ticker().nanoTime() + limit.toNanos();
    if (timer == null || timerNanos - deadlineNanos > 0) {
      stopTimer();
      startTimer(ctx, limit.toNanos());
    }
  }

  private void startTimer(ChannelHandlerContext ctx, long delayNanos) {
    timerNanos = deadlineNanos;
    timer = ctx.executor().schedule(() -> timeIsUp(ctx), delayNanos, TimeUnit.NANOSECONDS);
  }

  private void timeIsUp(ChannelHandlerContext ctx) {
    timer = null;
    Expired expired = event;
    if (expired == null) {
      return;
    }
    long left = deadlineNanos - ctx.executor().ticker().nanoTime();
    if (left > 0) {
      startTimer(ctx, left);
    } else {
      event = null;
      ctx.fireUserEventTriggered(expired);
    }
  }

  private void stop() {
    headComplete();
    stopTimer();
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
