package io.flvkit.edge.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the client's address from the PROXY header, version 1 or 2, that must open the connection.
 * What begins with anything else is closed without a word, and so is who takes too long.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
  /** Longest extension of a version 2 header taken. */
  private static final int EXTENSION_BYTES = 4 * 1024;

  private final HttpListener listener;
  private @Nullable ScheduledFuture<?> deadline;

  ProxyHeader(HttpListener listener) {
    this.listener = listener;
  }

  /** Stands before {@link ProxyHeader} and goes when the header is complete. */
  static HAProxyMessageDecoder decoder() {
    return new HAProxyMessageDecoder(EXTENSION_BYTES, true);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    deadline =
        ctx.executor()
            .schedule(
                () -> refuse(ctx, "proxyHeaderTimeout"),
                HttpLimits.HANDSHAKE_MILLIS,
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    HAProxyMessage header = (HAProxyMessage) message;
    try {
      InetAddress client = Addresses.literal(header.sourceAddress());
      if (client != null) {
        Addresses.setPeer(ctx.channel(), client);
      } // else the proxy asks for itself, or does not know
    } finally {
      header.release();
    }
    ctx.pipeline().remove(this);
    listener.admit(ctx.channel());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException) {
      refuse(ctx, "proxyHeader");
    } else {
      ctx.close(); // the proxy is gone
    }
  }

  private void refuse(ChannelHandlerContext ctx, String limit) {
    listener.limitHit(limit);
    ctx.close();
  }
}
