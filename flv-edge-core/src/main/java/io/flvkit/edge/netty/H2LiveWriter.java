package io.flvkit.edge.netty;

import io.flvkit.buffer.Segment;
import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.http.LiveFeed;
import io.flvkit.edge.http.LiveOutlet;
import io.flvkit.edge.loop.Loop;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Stream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a live body as DATA frames whose content is the window's memory. A turn leaves with the
 * connection's flush; what the client's window does not take waits, and only this stream with it.
 */
final class H2LiveWriter implements ResponseWriter, LiveOutlet {
  private final H2Exchange exchange;
  private final LiveBody body;
  private final @Nullable Delivery delivery;
  private final Consumer<EndReason> done;
  private final WriteDeadline endDeadline;
  private @Nullable LiveFeed feed;
  private long unsettledBytes;
  private boolean begun;
  private boolean flushing;
  private boolean stuck;
  private boolean finished;

  H2LiveWriter(
      H2Exchange exchange,
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

  Http2Stream stream() {
    return exchange.stream();
  }

  @Override
  public void start() {
    exchange.head();
    exchange.flush();
    feed = body.attach(this);
  }

  /**
   * The connection was flushed, and took all of this stream's or not. Returns whether it is fine.
   */
  boolean left(boolean all) {
    flushing = false;
    stuck = !all && !finished;
    return !stuck;
  }

  /** What stuck has left after all. */
  void freed() {
    stuck = false;
    if (!finished && feed != null) {
      feed.onWritable();
    }
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
      exchange.give(Unpooled.wrappedBuffer(shared), false);
    }
  }

  @Override
  public void write(Segment segment, int offset, int lengthBytes) {
    if (!finished) {
      unsettledBytes += lengthBytes;
      exchange.give(NettyMemory.slice(segment, offset, lengthBytes), false);
    }
    segment.release();
  }

  @Override
  public void flush() {
    if (finished) {
      return;
    }
    if (!flushing) {
      flushing = true;
      exchange.handler().flushSoon(this);
    }
    if (!begun && unsettledBytes > 0) {
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
    return stuck ? exchange.waitingBytes() : 0;
  }

  @Override
  public void end(EndReason reason) {
    if (finished) {
      return;
    }
    settle();
    finished = true;
    exchange.handler().forget(this);
    endDeadline.start();
    exchange
        .end(Unpooled.EMPTY_BUFFER)
        .addListener(
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
    settle();
    finished = true;
    exchange.handler().forget(this);
    if (feed != null) {
      feed.onClosed();
    } else {
      body.abandon();
    }
    done.accept(reason);
  }
}
