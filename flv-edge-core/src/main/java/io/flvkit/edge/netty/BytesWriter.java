package io.flvkit.edge.netty;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EndReason;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends a small body at once. */
final class BytesWriter implements ResponseWriter {
  private final Exit exit;
  private final Body.Bytes body;
  private final @Nullable Delivery delivery;
  private final Consumer<EndReason> done;
  private final WriteDeadline deadline;

  BytesWriter(
      Exit exit,
      Body.Bytes body,
      @Nullable Delivery delivery,
      HttpLimits limits,
      Consumer<EndReason> done) {
    this.exit = exit;
    this.body = body;
    this.delivery = delivery;
    this.done = done;
    this.deadline = exit.deadline(limits, exit::abort);
  }

  @Override
  public void start() {
    if (delivery != null) {
      delivery.sent(body.content().length);
    }
    deadline.start();
    exit.head();
    exit.end(Unpooled.wrappedBuffer(body.content()))
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
