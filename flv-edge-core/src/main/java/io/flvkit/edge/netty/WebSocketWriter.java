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
import io.netty.channel.WriteBufferWaterMark;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a live body by a WebSocket that is open: each turn is one binary message, or several if it
 * is long. Units wait for the end of their message, because its length comes first.
 */
final class WebSocketWriter implements ResponseWriter, LiveOutlet {
  private static final WriteBufferWaterMark ANYTHING_PENDING = new WriteBufferWaterMark(1, 1);

  /** Most bytes of a message, unless a single unit is longer. */
  private static final int MESSAGE_BYTES = 64 * 1024;

  private final ChannelHandlerContext ctx;
  private final WebSocketSession session;
  private final Loop loop;
  private final LiveBody body;
  private final @Nullable Delivery delivery;
  private final Consumer<EndReason> done;
  private final List<ByteBuf> message = new ArrayList<>(UNITS_PER_TURN);
  private @Nullable LiveFeed feed;
  private int messageBytes;
  private long unsettledBytes;
  private boolean begun;
  private boolean written;
  private boolean flushing;
  private boolean blocked;
  private boolean finished;

  WebSocketWriter(
      ChannelHandlerContext ctx,
      WebSocketSession session,
      LiveBody body,
      @Nullable Delivery delivery,
      Consumer<EndReason> done) {
    this.ctx = ctx;
    this.session = session;
    this.loop = NettyTransport.loopOf(ctx.channel());
    this.body = body;
    this.delivery = delivery;
    this.done = done;
    session.onLeave(this::clientGone);
  }

  @Override
  public void start() {
    ctx.channel().config().setWriteBufferWaterMark(ANYTHING_PENDING);
    written = true; // the answer to the handshake
    feed = body.attach(this);
    flush();
  }

  @Override
  public void writabilityChanged() {
    if (blocked && !flushing && !finished && feed != null && ctx.channel().isWritable()) {
      blocked = false;
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
    return !finished && !blocked;
  }

  @Override
  public void write(ByteBuffer shared) {
    add(Unpooled.wrappedBuffer(shared));
  }

  @Override
  public void write(Segment segment, int offset, int lengthBytes) {
    add(NettyMemory.slice(segment, offset, lengthBytes));
    segment.release();
  }

  private void add(ByteBuf unit) {
    if (finished) {
      unit.release();
      return;
    }
    if (messageBytes + unit.readableBytes() > MESSAGE_BYTES) {
      writeMessage();
    }
    message.add(unit);
    messageBytes += unit.readableBytes();
  }

  private void writeMessage() {
    if (message.isEmpty()) {
      return;
    }
    flushing = true;
    written = true;
    ctx.write(WebSocketFrame.binaryHead(ctx.alloc(), messageBytes), ctx.voidPromise());
    for (int i = 0; i < message.size(); i++) {
      ctx.write(message.get(i), ctx.voidPromise());
    }
    message.clear();
    unsettledBytes += messageBytes;
    messageBytes = 0;
    flushing = false;
  }

  @Override
  public void flush() {
    if (finished) {
      return;
    }
    writeMessage();
    if (!written) {
      return;
    }
    flushing = true;
    written = false;
    ctx.flush();
    blocked = !ctx.channel().isWritable();
    flushing = false;
    if (!begun) {
      begun = true;
      settle();
    }
  }

  @Override
  public void settle() {
    if (delivery != null && unsettledBytes > 0) {
      delivery.sent(unsettledBytes);
    }
    unsettledBytes = 0;
  }

  @Override
  public long pendingBytes() {
    var outbound = ctx.channel().unsafe().outboundBuffer();
    return outbound == null ? 0 : outbound.totalPendingWriteBytes() - outbound.currentProgress();
  }

  @Override
  public void end(EndReason reason) {
    flush();
    finish(reason);
  }

  @Override
  public void reset(EndReason reason) {
    finish(reason);
  }

  /** Says farewell behind the last whole message. */
  private void finish(EndReason reason) {
    if (finished) {
      return;
    }
    settle();
    finished = true;
    message.forEach(ByteBuf::release);
    message.clear();
    if (reason == EndReason.CLIENT_GONE || reason == EndReason.STALLED) {
      if (!session.isLeaving()) {
        ctx.close();
      }
    } else {
      session.leave(ctx, codeOf(reason));
    }
    if (feed != null) {
      feed.onClosed();
    } else {
      body.abandon();
    }
    done.accept(reason);
  }

  private static int codeOf(EndReason reason) {
    return switch (reason) {
      case STREAM_ENDED, COMPLETE -> WebSocketFrame.CLOSE_NORMAL;
      case DRAIN -> WebSocketFrame.CLOSE_RESTART;
      default -> WebSocketFrame.CLOSE_BROKEN;
    };
  }
}
