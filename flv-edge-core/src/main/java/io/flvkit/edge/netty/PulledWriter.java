package io.flvkit.edge.netty;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.BodySource;
import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.loop.Loop;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends a body that arrives from elsewhere: asks for the next piece when the last one has left. */
final class PulledWriter implements ResponseWriter, BodySource.Sink {
  private final Exit exit;
  private final Loop loop;
  private final BodySource source;
  private final @Nullable Delivery delivery;
  private final Consumer<EndReason> done;
  private final WriteDeadline deadline;
  private boolean finished;

  PulledWriter(
      Exit exit,
      Loop loop,
      Body.Pulled body,
      @Nullable Delivery delivery,
      HttpLimits limits,
      Consumer<EndReason> done) {
    this.exit = exit;
    this.loop = loop;
    this.source = body.source();
    this.delivery = delivery;
    this.done = done;
    this.deadline = exit.deadline(limits, () -> finish(EndReason.STALLED));
  }

  @Override
  public void start() {
    deadline.start();
    exit.head();
    source.start(this);
    source.more();
    exit.flush();
  }

  @Override
  public void piece(ByteBuffer bytes) {
    loop.run(() -> write(bytes));
  }

  private void write(ByteBuffer bytes) {
    if (!finished) {
      int length = bytes.remaining();
      sent(exit.write(Unpooled.wrappedBuffer(bytes)), length, () -> {});
    }
  }

  @Override
  public boolean takesFiles() {
    return exit.takesFiles();
  }

  @Override
  public void file(FileChannel file, long offset, int lengthBytes, Runnable release) {
    loop.run(
        () -> {
          if (finished) {
            release.run();
          } else {
            sent(exit.write(new SharedFileRegion(file, offset, lengthBytes)), lengthBytes, release);
          }
        });
  }

  private void sent(ChannelFuture leaving, int length, Runnable release) {
    leaving.addListener(
        future -> {
          release.run();
          if (!future.isSuccess()) {
            finish(EndReason.CLIENT_GONE);
          } else if (!finished) {
            if (delivery != null) {
              delivery.sent(length);
            }
            source.more();
          }
        });
  }

  @Override
  public void end() {
    loop.run(
        () -> {
          if (!finished) {
            exit.end(Unpooled.EMPTY_BUFFER).addListener(future -> finish(EndReason.COMPLETE));
          }
        });
  }

  @Override
  public void broken(String reason) {
    loop.run(() -> finish(EndReason.ORIGIN_LOST));
  }

  private void finish(EndReason reason) {
    if (finished) {
      return;
    }
    finished = true;
    deadline.stop();
    if (reason != EndReason.COMPLETE) {
      source.cancel();
      exit.abort();
    }
    done.accept(reason);
  }

  @Override
  public void writabilityChanged() {}

  @Override
  public void clientGone() {
    finish(EndReason.CLIENT_GONE);
  }

  @Override
  public void cut(EndReason reason) {
    finish(reason);
  }
}
