package io.flvkit.edge.netty;

import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.LiveBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A response on a connection of HTTP/1. */
record Http1Exit(ChannelHandlerContext ctx, ResponseHead framing) implements Exit {
  @Override
  public boolean withBody() {
    return framing.withBody();
  }

  @Override
  public boolean takesFiles() {
    return SharedFileRegion.passes(ctx);
  }

  @Override
  public ByteBufAllocator allocator() {
    return ctx.alloc();
  }

  @Override
  public void head() {
    ctx.write(framing.message());
  }

  @Override
  public void flush() {
    ctx.flush();
  }

  @Override
  public ChannelFuture write(ByteBuf piece) {
    return ctx.writeAndFlush(new DefaultHttpContent(piece));
  }

  @Override
  public ChannelFuture write(FileRegion piece) {
    return ctx.writeAndFlush(piece);
  }

  @Override
  public ChannelFuture end(ByteBuf last) {
    return ctx.writeAndFlush(
        last.isReadable() ? new DefaultLastHttpContent(last) : LastHttpContent.EMPTY_LAST_CONTENT);
  }

  @Override
  public void abort() {
    ctx.close();
  }

  @Override
  public WriteDeadline deadline(HttpLimits limits, Runnable onExpired) {
    return WriteDeadline.ofConnection(ctx, limits.writeTimeout(), onExpired);
  }

  @Override
  public ResponseWriter live(
      LiveBody body, @Nullable Delivery delivery, HttpLimits limits, Consumer<EndReason> done) {
    return new LiveWriter(ctx, body, delivery, framing, limits, done);
  }
}
