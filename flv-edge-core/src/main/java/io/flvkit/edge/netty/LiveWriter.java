package io.flvkit.edge.netty;

import io.flvkit.buffer.Segment;
import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.http.LiveFeed;
import io.flvkit.edge.http.LiveOutlet;
import io.flvkit.edge.loop.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a live body: each unit as one chunk (HTTP/1.1) or bare (HTTP/1.0), by one gathering write.
 *
 * <p>Units bypass the HTTP encoder: they are written from its context outwards, so that a chunk
 * costs no message objects. The connection's water marks make it unwritable while anything is
 * pending, which is how the end of a partial write is noticed without a promise per write.
 */
final class LiveWriter implements ResponseWriter, LiveOutlet {
  private static final WriteBufferWaterMark ANYTHING_PENDING = new WriteBufferWaterMark(1, 1);
  private static final int CHUNK_HEAD_BYTES = 12;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final int CRLF = '\r' << 8 | '\n';

  private final ChannelHandlerContext ctx;
  private final ChannelHandlerContext wire;
  private final Loop loop;
  private final LiveBody body;
  private final @Nullable Delivery delivery;
  private final ResponseHead head;
  private final Consumer<EndReason> done;
  private final WriteDeadline endDeadline;
  private @Nullable LiveFeed feed;
  private boolean writing;
  private boolean finished;

  LiveWriter(
      ChannelHandlerContext ctx,
      LiveBody body,
      @Nullable Delivery delivery,
      ResponseHead head,
      HttpLimits limits,
      Consumer<EndReason> done) {
    this.ctx = ctx;
    this.wire = ctx.pipeline().context(HttpServerCodec.class);
    this.loop = NettyTransport.loopOf(ctx.channel());
    this.body = body;
    this.delivery = delivery;
    this.head = head;
    this.done = done;
    this.endDeadline = new WriteDeadline(ctx, limits.writeTimeout(), ctx::close);
  }

  @Override
  public void start() {
    ctx.channel().config().setWriteBufferWaterMark(ANYTHING_PENDING);
    writing = true;
    ctx.writeAndFlush(head.message());
    writing = false;
    feed = body.attach(this);
  }

  @Override
  public void writabilityChanged() {
    if (!writing && !finished && feed != null && isWritable()) {
      feed.onWritable();
    }
  }

  @Override
  public void clientGone() {
    finish(EndReason.CLIENT_GONE);
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public boolean isWritable() {
    return !finished && ctx.channel().isWritable();
  }

  @Override
  public void write(ByteBuffer shared) {
    send(Unpooled.wrappedBuffer(shared), shared.remaining());
  }

  @Override
  public void write(Segment segment, int offset, int lengthBytes) {
    ByteBuf unit = NettyMemory.slice(segment, offset, lengthBytes);
    segment.release();
    send(unit, lengthBytes);
  }

  private void send(ByteBuf unit, int lengthBytes) {
    if (finished) {
      unit.release();
      return;
    }
    writing = true;
    if (head.chunked()) {
      wire.write(chunkHead(lengthBytes), wire.voidPromise());
      wire.write(unit, wire.voidPromise());
      wire.write(ctx.alloc().directBuffer(2).writeShort(CRLF), wire.voidPromise());
    } else {
      wire.write(unit, wire.voidPromise());
    }
    wire.flush();
    writing = false;
    if (delivery != null) {
      delivery.sent(lengthBytes);
    }
  }

  private ByteBuf chunkHead(int lengthBytes) {
    ByteBuf text = ctx.alloc().directBuffer(CHUNK_HEAD_BYTES);
    int shift = (31 - Integer.numberOfLeadingZeros(lengthBytes)) & ~3;
    for (; shift >= 0; shift -= 4) {
      text.writeByte(HEX[lengthBytes >>> shift & 0xF]);
    }
    return text.writeShort(CRLF);
  }

  @Override
  public long pendingBytes() {
    ChannelOutboundBuffer outbound = ctx.channel().unsafe().outboundBuffer();
    return outbound == null ? 0 : outbound.totalPendingWriteBytes() - outbound.currentProgress();
  }

  @Override
  public void end(EndReason reason) {
    if (finished) {
      return;
    }
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
    if (!finished && !head.chunked()) {
      // HTTP/1.0 ends a body by the end of the connection: only RST says that it is not complete.
      ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    }
    finish(reason);
  }

  /** Ends without the last chunk; the connection goes first, so that nothing follows on it. */
  private void finish(EndReason reason) {
    if (finished) {
      return;
    }
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
