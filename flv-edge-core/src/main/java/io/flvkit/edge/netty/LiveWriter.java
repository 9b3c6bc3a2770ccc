package io.flvkit.edge.netty;

import io.flvkit.buffer.Segment;
import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.http.LiveFeed;
import io.flvkit.edge.http.LiveOutlet;
import io.flvkit.edge.loop.Loop;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a live body. The connection's water marks make it unwritable while anything is pending,
 * which is how the end of a partial write is noticed without a promise per write.
 */
final class LiveWriter implements ResponseWriter, LiveOutlet {
  private static final WriteBufferWaterMark ANYTHING_PENDING = new WriteBufferWaterMark(1, 1);

  private final ChannelHandlerContext ctx;
  private final LiveWire wire;
  private final Loop loop;
  private final LiveBody body;
  private final @Nullable Delivery delivery;
  private final ResponseHead head;
  private final Consumer<EndReason> done;
  private final WriteDeadline endDeadline;
  private @Nullable LiveFeed feed;
  private boolean writing;
  private long unsettledBytes;
  private boolean begun;
  private boolean finished;

  LiveWriter(
      ChannelHandlerContext ctx,
      LiveBody body,
      @Nullable Delivery delivery,
      ResponseHead head,
      HttpLimits limits,
      Consumer<EndReason> done) {
    this.ctx = ctx;
    this.wire = new LiveWire(ctx, head.chunked());
    this.loop = NettyTransport.loopOf(ctx.channel());
    this.body = body;
    this.delivery = delivery;
    this.head = head;
    this.done = done;
    this.endDeadline = WriteDeadline.ofConnection(ctx, limits.writeTimeout(), ctx::close);
  }

  @Override
  public void start() {
    ctx.channel().config().setWriteBufferWaterMark(ANYTHING_PENDING);
    writing = true;
    ctx.write(head.message(), ctx.voidPromise());
    wire.writtenElsewhere();
    writing = false;
    feed = body.attach(this);
    flush();
  }

  @Override
  public void writabilityChanged() {
    if (wire.isBlocked() && !writing && !finished && feed != null && ctx.channel().isWritable()) {
      wire.drained();
      feed.onWritable();
    }
  }

  @Override
  public void clientGone() {
    finish(EndReason.CLIENT_GONE);
  }

  @Override
  public void cut(EndReason reason) {
    reset(reason);
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public boolean isWritable() {
    return !finished && !wire.isBlocked();
  }

  @Override
  public void write(ByteBuffer shared) {
    int lengthBytes = shared.remaining();
    if (!finished) {
      writing = true;
      wire.write(Unpooled.wrappedBuffer(shared));
      writing = false;
      unsettledBytes += lengthBytes;
    }
  }

  @Override
  public void write(Segment segment, int offset, int lengthBytes) {
    if (finished) {
      segment.release();
      return;
    }
    writing = true;
    wire.write(segment, offset, lengthBytes);
    writing = false;
    unsettledBytes += lengthBytes;
  }

  @Override
  public void settle() {
    if (delivery != null && unsettledBytes > 0) {
      delivery.sent(unsettledBytes);
    }
    unsettledBytes = 0;
  }

  @Override
  public void flush() {
    if (!finished) {
      writing = true;
      wire.flush();
      writing = false;
      if (!begun && unsettledBytes > 0) {
        begun = true;
        settle();
      }
    }
  }

  @Override
  public long pendingBytes() {
    return wire.pendingBytes();
  }

  @Override
  public void end(EndReason reason) {
    if (finished) {
      return;
    }
    flush();
    settle();
    finished = true;
    ctx.channel().config().setWriteBufferWaterMark(WriteBufferWaterMark.DEFAULT);
    Object last = head.chunked() ? LastHttpContent.EMPTY_LAST_CONTENT : Unpooled.EMPTY_BUFFER;
    endDeadline.start();
    ctx.writeAndFlush(last)
        .addListener(
            future -> {
              endDeadline.stop();
              done.accept(future.isSuccess() ? reason : EndReason.CLIENT_GONE);
            });
  }

  @Override
  public void reset(EndReason reason) {
    if (!finished && !head.chunked() && ctx.channel().isOpen()) {
      // HTTP/1.0 ends a body by the end of the connection: only RST says that it is not complete.
      ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      ctx.pipeline().firstContext().close(); // past TLS, whose farewell would look like an end
    }
    finish(reason);
  }

  /** Ends without the last chunk; the connection goes first, so that nothing follows on it. */
  private void finish(EndReason reason) {
    if (finished) {
      return;
    }
    settle();
    finished = true;
    ctx.close();
    if (feed != null) {
      feed.onClosed();
    } else {
      body.abandon();
    }
    done.accept(reason);
  }
}
