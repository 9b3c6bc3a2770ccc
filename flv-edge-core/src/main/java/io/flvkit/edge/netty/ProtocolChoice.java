package io.flvkit.edge.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for the end of a TLS connection's handshake, which says what is spoken on it. */
final class ProtocolChoice extends ChannelInboundHandlerAdapter {
  private final HttpListener listener;
  private final boolean surplus;

  ProtocolChoice(HttpListener listener, boolean surplus) {
    this.listener = listener;
    this.surplus = surplus;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SniCompletionEvent hello && !hello.isSuccess()) {
      fail(ctx, hello.cause());
    }
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        listener.speak(spokenOn(ctx), ctx.pipeline(), surplus);
        ctx.pipeline().remove(this);
      } else {
        fail(ctx, handshake.cause());
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  private static @Nullable String spokenOn(ChannelHandlerContext ctx) {
    return ctx.pipeline().get(SslHandler.class).applicationProtocol();
  }

  private void fail(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof SslHandshakeTimeoutException) {
      listener.limitHit("handshakeTimeout");
    }
    ctx.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // Not TLS at all, or a client that takes none of our certificates: nobody to tell.
    fail(ctx, cause);
  }
}
