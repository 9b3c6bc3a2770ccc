package io.flvkit.edge.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which a client may still be sending what nobody reads: a plain close would
 * answer that with a reset, which overtakes the response. The end is announced, what comes is
 * dropped, and the connection closes when the client has closed too, or after a second or a
 * mebibyte.
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {
  private static final long MILLIS = 1_000;
  private static final int BYTES = 1 << 20;

  private int dropped;

  private LingeringClose() {}

  /** Closes the connection of that context, which has sent its last. */
  static void of(ChannelHandlerContext ctx) {
    ChannelPipeline pipeline = ctx.pipeline();
    SslHandler tls = pipeline.get(SslHandler.class);
    LingeringClose lingering = new LingeringClose();
    if (tls == null) {
      pipeline.addFirst(lingering);
    } else {
      pipeline.addBefore(pipeline.context(tls).name(), null, lingering);
      tls.closeOutbound();
    }
    ctx.channel().config().setAutoRead(true);
    if (tls == null && ctx.channel() instanceof DuplexChannel socket) {
      socket.shutdownOutput();
    }
    ctx.executor().schedule(() -> ctx.close(), MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    dropped += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    ReferenceCountUtil.release(message);
    if (dropped > BYTES) {
      ctx.close();
    }
  }
}
