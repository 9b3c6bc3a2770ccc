package io.flvkit.edge.netty;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EndReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends pieces of memory and of files one after the other; file bytes never enter the heap, and on
 * a clear HTTP/1 connection not even the process.
 */
final class PartsWriter implements ResponseWriter {
  private final Exit exit;
  private final Body.Parts body;
  private final @Nullable Delivery delivery;
  private final Consumer<EndReason> done;
  private final Iterator<Body.Part> parts;
  private final WriteDeadline deadline;
  private @Nullable FilePieces pieces;
  private boolean finished;

  PartsWriter(
      Exit exit,
      Body.Parts body,
      @Nullable Delivery delivery,
      HttpLimits limits,
      Consumer<EndReason> done) {
    this.exit = exit;
    this.body = body;
    this.delivery = delivery;
    this.done = done;
    this.parts = body.parts().iterator();
    this.deadline = exit.deadline(limits, () -> finish(EndReason.STALLED));
  }

  @Override
  public void start() {
    deadline.start();
    exit.head();
    writeNext();
  }

  private void writeNext() {
    if (finished) {
      return;
    }
    if (pieces != null && pieces.hasMore()) {
      writePiece(pieces);
      return;
    }
    if (!parts.hasNext()) {
      exit.end(Unpooled.EMPTY_BUFFER)
          .addListener(
              future -> finish(future.isSuccess() ? EndReason.COMPLETE : EndReason.CLIENT_GONE));
      return;
    }
    Body.Part part = parts.next();
    if (part instanceof Body.InMemory memory) {
      sent(exit.write(Unpooled.wrappedBuffer(memory.content())), memory.content().length);
      return;
    }
    Body.InFile file = (Body.InFile) part;
    if (exit.takesFiles()) {
      sent(
          exit.write(new SharedFileRegion(file.file(), file.offset(), file.lengthBytes())),
          file.lengthBytes());
    } else {
      pieces = new FilePieces(file);
      writePiece(pieces);
    }
  }

  private void writePiece(FilePieces file) {
    try {
      ByteBuf piece = file.next(exit.allocator());
      int length = piece.readableBytes();
      sent(exit.write(piece), length);
    } catch (IOException e) {
      finish(EndReason.INTERNAL);
    }
  }

  private void sent(ChannelFuture leaving, long length) {
    leaving.addListener(
        future -> {
          if (future.isSuccess()) {
            if (delivery != null) {
              delivery.sent(length);
            }
            writeNext();
          } else {
            finish(EndReason.CLIENT_GONE);
          }
        });
  }

  private void finish(EndReason reason) {
    if (finished) {
      return;
    }
    finished = true;
    deadline.stop();
    body.onDone().run();
    if (reason != EndReason.COMPLETE) {
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
