package io.flvkit.edge.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * What a client says while it watches by a WebSocket: pings are answered, its farewell is returned,
 * all else is thrown away. Who says too much is closed, which also bounds the answers that wait.
 */
final class WebSocketSession extends ChannelInboundHandlerAdapter {
  /** Most frames of a client in a span; players send a few pings. */
  private static final int FRAMES_MAX = 100;

  private static final int FRAME_BYTES = 4 * 1024;
  private static final long SPAN_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long a client has to take and return a farewell. */
  private static final long FAREWELL_MILLIS = 2_000;

  private final HttpListener listener;
  private long spanStartNanos = System.nanoTime();
  private int frames;
  private boolean leaving;
  private Runnable onLeave = () -> {};

  WebSocketSession(HttpListener listener) {
    this.listener = listener;
  }

  /** Runs when this side ends the session by itself. */
  void onLeave(Runnable task) {
    onLeave = task;
  }

  boolean isLeaving() {
    return leaving;
  }

  static WebSocket13FrameDecoder decoder() {
    return new WebSocket13FrameDecoder(
        WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(true)
            .allowMaskMismatch(false)
            .allowExtensions(false)
            .maxFramePayloadLength(FRAME_BYTES)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof CloseWebSocketFrame) {
        if (leaving) {
          ctx.close();
        } else {
          leaveAndClose(ctx, WebSocketFrame.CLOSE_NORMAL);
        }
      } else if (!leaving) {
        hear(ctx, message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void hear(ChannelHandlerContext ctx, Object message) {
    if (isTooMuch()) {
      listener.limitHit("webSocketFrames");
      leave(ctx, WebSocketFrame.CLOSE_POLICY);
      onLeave.run(); // and what else it says is thrown away, so that it hears why
    } else if (message instanceof PingWebSocketFrame ping) {
      ctx.writeAndFlush(WebSocketFrame.pong(ctx.alloc(), ping.content()), ctx.voidPromise());
    }
  }

  private boolean isTooMuch() {
    long now = System.nanoTime();
    if (now - spanStartNanos >= SPAN_NANOS) {
      spanStartNanos = now;
      frames = 0;
    }
    return ++frames > FRAMES_MAX;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException) {
      leaveAndClose(ctx, WebSocketFrame.CLOSE_PROTOCOL);
    } else {
      ctx.close();
    }
  }

  /** As {@link #leave}, but nothing is awaited from the client. */
  private void leaveAndClose(ChannelHandlerContext ctx, int code) {
    leave(ctx, code);
    onLeave.run();
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Says farewell, once, and closes when the client has returned it or takes too long. */
  void leave(ChannelHandlerContext ctx, int code) {
    if (!leaving) {
      leaving = true;
      ctx.writeAndFlush(WebSocketFrame.close(ctx.alloc(), code), ctx.voidPromise());
      ctx.executor().schedule(() -> ctx.close(), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
