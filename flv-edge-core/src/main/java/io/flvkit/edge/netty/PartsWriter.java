package io.flvkit.edge.netty;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EndReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends pieces of memory and of files one after the other; file bytes never enter the heap, and on
 * a clear HTTP/1 connection not even the process.
 */
final class PartsWriter implements ResponseWriter {
  private final ChannelHandlerContext ctx;
  private final Body.Parts body;
  private final @Nullable Delivery delivery;
  private final ResponseHead head;
  private final Consumer<EndReason> done;
  private final Iterator<Body.Part> parts;
  private final WriteDeadline deadline;
  private final boolean sendfile;
  private @Nullable FilePieces pieces;
  private boolean finished;

  PartsWriter(
      ChannelHandlerContext ctx,
      Body.Parts body,
      @Nullable Delivery delivery,
      ResponseHead head,
      HttpLimits limits,
      Consumer<EndReason> done) {
    this.ctx = ctx;
    this.body = body;
    this.delivery = delivery;
    this.head = head;
    this.done = done;
    this.parts = body.parts().iterator();
    this.sendfile = SharedFileRegion.passes(ctx);
    this.deadline = new WriteDeadline(ctx, limits.writeTimeout(), () -> finish(EndReason.STALLED));
  }

  @Override
  public void start() {
    deadline.start();
    ctx.write(head.message());
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
      ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
          .addListener(
              future -> finish(future.isSuccess() ? EndReason.COMPLETE : EndReason.CLIENT_GONE));
      return;
    }
    Body.Part part = parts.next();
    if (part instanceof Body.InMemory memory) {
      write(
          new DefaultHttpContent(Unpooled.wrappedBuffer(memory.content())),
          memory.content().length);
      return;
    }
    Body.InFile file = (Body.InFile) part;
    if (sendfile) {
      write(
          new SharedFileRegion(file.file(), file.offset(), file.lengthBytes()), file.lengthBytes());
    } else {
      pieces = new FilePieces(file);
      writePiece(pieces);
    }
  }

  private void writePiece(FilePieces file) {
    try {
      ByteBuf piece = file.next(ctx.alloc());
      write(new DefaultHttpContent(piece), piece.readableBytes());
    } catch (IOException e) {
      finish(EndReason.INTERNAL);
    }
  }

  private void write(Object message, long length) {
    ctx.writeAndFlush(message)
        .addListener(
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
      ctx.close();
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
