package io.flvkit.edge.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Mapping;

/** Waits for the name that a client asks for, then makes way for its certificate's handler. */
final class TlsEntry extends SniHandler {
  /** Longest ClientHello taken. */
  private static final int HELLO_BYTES = 16 * 1024;

  private final long startNanos = System.nanoTime();

  TlsEntry(Mapping<String, SslContext> contexts) {
    super(contexts, HELLO_BYTES, HttpLimits.HANDSHAKE_MILLIS);
  }

  /** One deadline for all of the handshake, however its bytes trickle in. */
  @Override
  protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
    SslHandler handler = super.newSslHandler(context, allocator);
    long usedMillis = (System.nanoTime() - startNanos) / 1_000_000;
    handler.setHandshakeTimeoutMillis(Math.max(1, HttpLimits.HANDSHAKE_MILLIS - usedMillis));
    handler.setCloseNotifyFlushTimeoutMillis(HttpLimits.CLOSE_NOTIFY_MILLIS);
    return handler;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.fireExceptionCaught(cause);
    ctx.close();
  }
}
