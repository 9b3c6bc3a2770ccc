package io.flvkit.edge.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/2: frames and windows are Netty's, what they mean is {@link H2Requests}'.
 *
 * <p>What the streams write in one round of the event loop leaves together, by one flush at its
 * end. A stream whose client opens no window keeps what it has written, and is told when that has
 * left; the others go on.
 */
final class H2Handler extends Http2ConnectionHandler {
  /** Bounds what one connection holds of the streams' units before the socket takes it. */
  private static final WriteBufferWaterMark WATER_MARKS =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private final HttpListener listener;
  private final HttpLimits limits;
  private final H2Guard guard;
  private final Runnable flushNow = this::flushNow;
  private final ArrayDeque<H2LiveWriter> written = new ArrayDeque<>();
  private final Set<H2LiveWriter> stuck = new LinkedHashSet<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable WriteDeadline writeDeadline;
  private @Nullable ScheduledFuture<?> idleTimer;
  private boolean flushing;

  H2Handler(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      HttpListener listener,
      HttpLimits limits,
      H2Guard guard) {
    // An edge that closes closes its connections at once, with what waits on them; who may hear a
    // farewell is told it by `goAway`.
    super(decoder, encoder, settings, true);
    this.listener = listener;
    this.limits = limits;
    this.guard = guard;
    gracefulShutdownTimeoutMillis(0);
  }

  HttpListener listener() {
    return listener;
  }

  HttpLimits limits() {
    return limits;
  }

  /** The context of this handler, from the time that it is in a pipeline. */
  ChannelHandlerContext context() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return ctx;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    Channel channel = ctx.channel();
    channel.config().setWriteBufferWaterMark(WATER_MARKS);
    writeDeadline = WriteDeadline.ofConnection(ctx, limits.writeTimeout(), () -> cutOff(ctx));
    writeDeadline.start();
    super.handlerAdded(ctx);
    flush(ctx);
    await(limits.headerTimeout(), () -> listener.limitHit("headerTimeout"));
  }

  /** Past the farewells of HTTP/2 and TLS, for which a client that takes nothing has no room. */
  private static void cutOff(ChannelHandlerContext ctx) {
    ctx.channel().unsafe().close(ctx.channel().voidPromise());
  }

  /** A request has begun: the connection is not idle. */
  void busy() {
    if (idleTimer != null) {
      idleTimer.cancel(false);
      idleTimer = null;
    }
  }

  /** A stream is gone: maybe it was the last one. */
  void streamRemoved() {
    if (connection().numActiveStreams() > 0 || !context().channel().isActive()) {
      return;
    }
    if (listener.isDraining()) {
      context().channel().close();
    } else {
      await(limits.idleTimeout(), () -> {});
    }
  }

  private void await(Duration limit, Runnable onExpired) {
    busy();
    idleTimer =
        context()
            .executor()
            .schedule(
                () -> {
                  idleTimer = null;
                  onExpired.run();
                  sayGoodbye(context());
                  context().channel().close();
                },
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  /** Sends what was written, together with what other streams write in this round of the loop. */
  void flushSoon() {
    if (!flushing) {
      flushing = true;
      context().executor().execute(flushNow);
    }
  }

  /** As {@link #flushSoon}; the writer will be told whether its bytes have left. */
  void flushSoon(H2LiveWriter writer) {
    written.add(writer);
    flushSoon();
  }

  private void flushNow() {
    flushing = false;
    flush(context());
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    super.flush(ctx);
    Http2RemoteFlowController windows = encoder().flowController();
    for (H2LiveWriter writer = written.poll(); writer != null; writer = written.poll()) {
      if (writer.left(!windows.hasFlowControlled(writer.stream()))) {
        continue;
      }
      stuck.add(writer);
    }
    if (!stuck.isEmpty()) {
      for (H2LiveWriter writer : List.copyOf(stuck)) {
        if (!windows.hasFlowControlled(writer.stream()) && stuck.remove(writer)) {
          writer.freed();
        }
      }
    }
  }

  /** The writer writes no more. */
  void forget(H2LiveWriter writer) {
    stuck.remove(writer);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event == HttpListener.Event.DRAINING) {
      // New streams of a client that has not heard of it yet are answered, with 503.
      sayGoodbye(ctx);
      streamRemoved();
    }
    super.userEventTriggered(ctx, event);
  }

  private void sayGoodbye(ChannelHandlerContext ctx) {
    goAway(
        ctx,
        Integer.MAX_VALUE,
        Http2Error.NO_ERROR.code(),
        Unpooled.EMPTY_BUFFER,
        ctx.newPromise());
    ctx.flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    busy();
    if (writeDeadline != null) {
      writeDeadline.stop();
    }
    super.channelInactive(ctx);
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception http2Error) {
    if (http2Error instanceof HeaderListSizeException) {
      listener.limitHit("headerBytes");
    } else if (!outbound && http2Error != null) {
      guard.failed(http2Error);
    }
    super.onConnectionError(ctx, outbound, cause, http2Error);
  }

  @Override
  protected void onStreamError(
      ChannelHandlerContext ctx, boolean outbound, Throwable cause, StreamException streamError) {
    if (streamError instanceof HeaderListSizeException) {
      listener.limitHit("headerBytes");
    } else if (streamError.error() == Http2Error.REFUSED_STREAM) {
      listener.limitHit("http2Streams");
    }
    super.onStreamError(ctx, outbound, cause, streamError);
    if (!outbound) {
      try {
        guard.count(H2Guard.Kind.FAULTS);
      } catch (Http2Exception e) {
        onError(ctx, false, e);
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null) {
      super.exceptionCaught(ctx, cause);
    } else {
      cutOff(ctx); // a reset by the peer: nobody is left to tell
    }
  }
}
