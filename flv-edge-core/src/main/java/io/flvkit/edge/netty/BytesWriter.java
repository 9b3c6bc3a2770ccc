package io.flvkit.edge.netty;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EndReason;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends a small body at once. */
final class BytesWriter implements ResponseWriter {
  private final ChannelHandlerContext ctx;
  private final Body.Bytes body;
  private final @Nullable Delivery delivery;
  private final ResponseHead head;
  private final Consumer<EndReason> done;
  private final WriteDeadline deadline;

  BytesWriter(
      ChannelHandlerContext ctx,
      Body.Bytes body,
      @Nullable Delivery delivery,
      ResponseHead head,
      HttpLimits limits,
      Consumer<EndReason> done) {
    this.ctx = ctx;
    this.body = body;
    this.delivery = delivery;
    this.head = head;
    this.done = done;
    this.deadline = new WriteDeadline(ctx, limits.writeTimeout(), ctx::close);
  }

  @Override
  public void start() {
    byte[] content = head.withBody() ? body.content() : Body.EMPTY.content();
    if (delivery != null) {
      delivery.sent(content.length);
    }
    deadline.start();
    ctx.write(head.message());
    ctx.writeAndFlush(new DefaultLastHttpContent(Unpooled.wrappedBuffer(content)))
        .addListener(
            future -> {
              deadline.stop();
              done.accept(future.isSuccess() ? EndReason.COMPLETE : EndReason.CLIENT_GONE);
            });
  }

  @Override
  public void writabilityChanged() {}

  @Override
  public void cut(EndReason reason) {}

  @Override
  public void clientGone() {
    // The pending write fails and its listener says so.
  }
}
