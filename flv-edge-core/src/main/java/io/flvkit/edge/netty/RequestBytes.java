package io.flvkit.edge.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Bounds what a client sends on one stream, also in frames that the decoder passes over in silence.
 * Stands before the decoder.
 */
final class RequestBytes extends ChannelInboundHandlerAdapter {
  private final long most;
  private final Runnable onMore;
  private long bytes;

  /**
   * @param onMore told when there are more, once; the rest is dropped
   */
  RequestBytes(long most, Runnable onMore) {
    this.most = most;
    this.onMore = onMore;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    boolean over = bytes > most;
    if (message instanceof ByteBuf piece) {
      bytes += piece.readableBytes();
    }
    if (bytes <= most) {
      ctx.fireChannelRead(message);
      return;
    }
    ReferenceCountUtil.release(message);
    if (!over) {
      onMore.run();
    }
  }
}
