package io.flvkit.edge.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http3.DefaultHttp3GoAwayFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicException;
import io.netty.handler.codec.quic.QuicPathEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicTransportError;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/3: how long it may be silent, and what its client may do. Streams are
 * {@link H3Requests}'. Confined to the event loop.
 */
final class H3Connection extends ChannelInboundHandlerAdapter {
  /** The last request that a client could ever send: it may send all it has (RFC 9114, 5.2). */
  private static final long ANY_REQUEST = (1L << 62) - 4;

  /**
   * Requests answered before their client has ended them, after which it is asked to connect anew:
   * QUIC gives no other streams for them.
   */
  private static final int ABANDONED_MAX = HttpLimits.STREAMS / 2;

  /** Time for the last answer to arrive: QUIC drops what is on its way when it closes. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  /** What is counted, and how many of it a client may send in 10 s. */
  enum Kind {
    /** Streams that the client gave up: a page of 100 tiles that is left and opened again. */
    RESETS("http3Resets", 300),
    /** Streams that the client made the edge reset: most of them are not to be had again. */
    FAULTS("http3Faults", HttpLimits.STREAMS / 2),
    /** DATA with nothing in it. */
    EMPTY_FRAMES("http3EmptyFrames", 100),
    /** Frames and streams of a kind that is not looked at. */
    IGNORED("http3IgnoredFrames", 1_000);

    private final String limit;
    private final int most;

    Kind(String limit, int most) {
      this.limit = limit;
      this.most = most;
    }
  }

  private final HttpListener listener;
  private final HttpLimits limits;
  private final QuicChannel channel;
  private final boolean surplus;
  private final Rates rates = new Rates(Kind.values().length, System::nanoTime);
  private InetAddress peer;
  private @Nullable ScheduledFuture<?> timer;
  private int running;
  private int abandoned;
  private boolean leaving;
  private boolean struck;

  H3Connection(HttpListener listener, HttpLimits limits, QuicChannel channel, boolean surplus) {
    this.listener = listener;
    this.limits = limits;
    this.channel = channel;
    this.surplus = surplus;
    this.peer = Addresses.peer(channel.remoteSocketAddress());
  }

  HttpListener listener() {
    return listener;
  }

  HttpLimits limits() {
    return limits;
  }

  boolean isSurplus() {
    return surplus;
  }

  /** The client's address; one that it moved to counts from the time that it answered there. */
  InetAddress peer() {
    return peer;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    await(
        Duration.ofMillis(HttpLimits.HANDSHAKE_MILLIS),
        () -> listener.limitHit("handshakeTimeout"));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
      await(limits.headerTimeout(), () -> listener.limitHit("headerTimeout"));
    } else if (event instanceof QuicPathEvent.PeerMigrated moved) {
      peer = Addresses.peer(moved.remote());
    } else if (event == HttpListener.Event.DRAINING) {
      // Requests of a client that has not heard of it yet are answered, with 503.
      sayGoodbye();
      if (running == 0) {
        closeSoon();
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  /** A request has begun. */
  void begun() {
    running++;
    stopTimer();
  }

  /** A stream that had a request is gone. */
  void ended() {
    running--;
    if (running > 0 || !channel.isActive()) {
      return;
    }
    if (leaving || listener.isDraining()) {
      closeSoon();
    } else {
      await(limits.idleTimeout(), () -> {});
    }
  }

  /** Closes when the last answer has had time to arrive, unless another request comes. */
  void closeSoon() {
    leaving = true;
    await(LINGER, () -> {});
  }

  private void await(Duration limit, Runnable onExpired) {
    stopTimer();
    timer =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  timer = null;
                  onExpired.run();
                  close(Http3ErrorCode.H3_NO_ERROR);
                },
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void sayGoodbye() {
    QuicStreamChannel control = Http3.getLocalControlStream(channel);
    if (control != null) {
      control.writeAndFlush(new DefaultHttp3GoAwayFrame(ANY_REQUEST));
    }
  }

  private void close(Http3ErrorCode error) {
    channel.close(true, error.code(), Unpooled.EMPTY_BUFFER);
  }

  /** Counts what brings nobody forward, and ends a connection that has too much of it. */
  @SuppressWarnings("EnumOrdinal") // an index that only this method knows
  void count(Kind kind) {
    if (channel.isActive() && rates.exceeds(kind.ordinal(), kind.most)) {
      strike(kind);
    }
  }

  /** A request was answered that its client has not ended. */
  void abandoned() {
    if (++abandoned == ABANDONED_MAX) {
      sayGoodbye();
      leaving = true;
    }
  }

  private void strike(Kind kind) {
    if (!struck) {
      struck = true;
      listener.limitHit(kind.limit);
      close(Http3ErrorCode.H3_EXCESSIVE_LOAD);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stopTimer();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // QUIC closes what cannot go on; nobody is left to tell.
    if (cause instanceof QuicException fault
        && QuicTransportError.STREAM_LIMIT_ERROR.equals(fault.error())) {
      listener.limitHit("http3Streams");
    }
  }
}
