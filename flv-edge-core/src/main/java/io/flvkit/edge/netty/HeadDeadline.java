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
  private boolean inHead;

  HeadDeadline(HttpLimits limits) {
    this.limits = limits;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (ctx.channel().isActive()) {
      inHead = true;
      start(ctx, limits.headerTimeout(), Expired.IN_HEAD);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    inHead = true;
    start(ctx, limits.headerTimeout(), Expired.IN_HEAD);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!inHead && timer != null) {
      inHead = true;
      start(ctx, limits.headerTimeout(), Expired.IN_HEAD);
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    headComplete();
    ctx.fireChannelInactive();
  }

  /** A head has arrived: no deadline until {@link #awaitNext}. */
  void headComplete() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    inHead = false;
  }

  /** The connection is free for its next request. */
  void awaitNext(ChannelHandlerContext ctx) {
    start(ctx, limits.idleTimeout(), Expired.BETWEEN_REQUESTS);
  }

  private void start(ChannelHandlerContext ctx, Duration limit, Expired event) {
    if (timer != null) {
      timer.cancel(false);
    }
    timer =
        ctx.executor()
            .schedule(
                () -> {
                  timer = null;
                  ctx.fireUserEventTriggered(event);
                },
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
  }
}
