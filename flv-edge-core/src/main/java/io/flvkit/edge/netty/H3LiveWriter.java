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
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a live body as DATA frames, one a turn, whose content is the window's memory until QUIC
 * encrypts it. What the client's windows or the path do not take waits, and only this stream with
 * it.
 */
final class H3LiveWriter implements ResponseWriter, LiveOutlet {
  private final H3Exchange exchange;
  private final LiveBody body;
  private final @Nullable Delivery delivery;
  private final Consumer<EndReason> done;
  private final WriteDeadline endDeadline;
  private final List<ByteBuf> turn = new ArrayList<>(UNITS_PER_TURN);
  private @Nullable LiveFeed feed;
  private long unsettledBytes;
  private boolean begun;
  private boolean stuck;
  private boolean finished;

  H3LiveWriter(
      H3Exchange exchange,
      LiveBody body,
      @Nullable Delivery delivery,
      HttpLimits limits,
      Consumer<EndReason> done) {
    this.exchange = exchange;
    this.body = body;
    this.delivery = delivery;
    this.done = done;
    this.endDeadline = exchange.deadline(limits, exchange::abort);
  }

  @Override
  public void start() {
    exchange.head();
    feed = body.attach(this);
  }

  @Override
  public Loop loop() {
    return exchange.loop();
  }

  @Override
  public boolean isWritable() {
    return !finished && !stuck;
  }

  @Override
  public void write(ByteBuffer shared) {
    if (!finished) {
      unsettledBytes += shared.remaining();
      turn.add(exchange.direct(Unpooled.wrappedBuffer(shared)));
    }
  }

  @Override
  public void write(Segment segment, int offset, int lengthBytes) {
    if (!finished) {
      unsettledBytes += lengthBytes;
      turn.add(NettyMemory.slice(segment, offset, lengthBytes));
    }
    segment.release();
  }

  @Override
  public void flush() {
    if (finished || turn.isEmpty()) {
      return;
    }
    if (!begun) {
      begun = true;
      account();
    }
    send();
  }

  private void send() {
    ChannelFuture leaving = exchange.give(turn);
    turn.clear();
    if (leaving.isSuccess()) {
      return;
    }
    stuck = true;
    leaving.addListener(this::left);
  }

  private void left(Future<? super Void> leaving) {
    if (finished) {
      return;
    }
    if (!leaving.isSuccess()) {
      exchange.abort(); // the client stopped reading: QUIC tells at the next frame
      finish(EndReason.CLIENT_GONE);
      return;
    }
    stuck = false;
    if (feed != null) {
      feed.onWritable();
    }
  }

  @Override
  public void settle() {
    boolean silent = unsettledBytes == 0;
    account();
    if (silent && begun && isWritable() && turn.isEmpty()) {
      send(); // an empty frame: does anybody read this?
    }
  }

  private void account() {
    if (delivery != null && unsettledBytes > 0) {
      delivery.sent(unsettledBytes);
    }
    unsettledBytes = 0;
  }

  @Override
  public long pendingBytes() {
    return stuck ? exchange.waitingBytes() : 0;
  }

  @Override
  public void end(EndReason reason) {
    if (finished) {
      return;
    }
    account();
    finished = true;
    endDeadline.start();
    ChannelFuture leaving = exchange.end(turn);
    turn.clear();
    leaving.addListener(
        future -> {
          endDeadline.stop();
          done.accept(future.isSuccess() ? reason : EndReason.CLIENT_GONE);
        });
  }

  @Override
  public void reset(EndReason reason) {
    if (!finished) {
      exchange.abort();
      finish(reason);
    }
  }

  @Override
  public void cut(EndReason reason) {
    reset(reason);
  }

  @Override
  public void clientGone() {
    finish(EndReason.CLIENT_GONE);
  }

  @Override
  public void writabilityChanged() {}

  private void finish(EndReason reason) {
    if (finished) {
      return;
    }
    account();
    finished = true;
    turn.forEach(ByteBuf::release);
    turn.clear();
    if (feed != null) {
      feed.onClosed();
    } else {
      body.abandon();
    }
    done.accept(reason);
  }
}
