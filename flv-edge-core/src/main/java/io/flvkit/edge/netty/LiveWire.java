package io.flvkit.edge.netty;

import io.flvkit.buffer.Segment;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The way of units to an HTTP/1 connection: past the HTTP encoder, each as a chunk or bare.
 *
 * <p>On a clear connection of a native transport with nothing pending they go straight to the
 * socket, by one call for a whole turn; what it does not take, and everything on other connections,
 * goes by the channel's outbound buffer.
 */
final class LiveWire {
  private final ChannelHandlerContext out;
  private final boolean chunked;
  private final @Nullable FileDescriptor socket;

  /** Whether the channel has bytes of this turn or of earlier ones, to be followed by the rest. */
  private boolean queued;

  /** Whether bytes that were flushed have not left. */
  private boolean blocked;

  /**
   * @param ctx any context of the connection
   */
  LiveWire(ChannelHandlerContext ctx, boolean chunked) {
    this.out = ctx.pipeline().context(HttpServerCodec.class);
    this.chunked = chunked;
    boolean clear = ctx.pipeline().get(SslHandler.class) == null;
    this.socket =
        clear && Gather.isAvailable() && ctx.channel() instanceof UnixChannel unix
            ? unix.fd()
            : null;
  }

  /** Something was written to the channel, and is to be flushed with the turn. */
  void writtenElsewhere() {
    queued = true;
  }

  /** Takes over the buffer. */
  void write(ByteBuf unit) {
    sendGathered();
    writeFramed(unit);
  }

  /** Takes over the caller's hold on the segment. */
  void write(Segment segment, int offset, int lengthBytes) {
    if (socket == null || queued) {
      writeFramed(NettyMemory.slice(segment, offset, lengthBytes));
      segment.release();
      return;
    }
    Gather gather = Gather.ofLoop();
    gather.add(this, segment, offset, lengthBytes);
    if (gather.isFull()) {
      sendGathered();
    }
  }

  private void writeFramed(ByteBuf unit) {
    if (chunked) {
      ByteBuf head = out.alloc().directBuffer(ChunkHead.MAX_BYTES);
      int length = unit.readableBytes();
      for (int i = 0; i < ChunkHead.digits(length); i++) {
        head.writeByte(ChunkHead.digit(length, i));
      }
      pass(head.writeShort(ChunkHead.CRLF));
      pass(unit);
      pass(out.alloc().directBuffer(2).writeShort(ChunkHead.CRLF));
    } else {
      pass(unit);
    }
  }

  private void pass(ByteBuf bytes) {
    queued = true;
    out.write(bytes, out.voidPromise());
  }

  void flush() {
    sendGathered();
    if (queued) {
      out.flush();
      blocked = pendingBytes() > 0;
      queued = blocked;
    }
  }

  private void sendGathered() {
    if (socket == null) {
      return;
    }
    Gather gather = Gather.ofLoop();
    if (!gather.holdsFor(this)) {
      return;
    }
    try {
      // The number of a closed descriptor may already be somebody else's.
      if (socket.isOpen()) {
        long sent = gather.send(socket, chunked);
        if (sent < gather.wireBytes()) {
          gather.rest(sent, chunked, this::pass);
        }
      }
    } catch (IOException e) {
      out.close(); // the client is gone, which the channel tells in its own time
    } finally {
      gather.clear();
    }
  }

  /** Whether something that was flushed has not left yet. */
  boolean isBlocked() {
    return blocked;
  }

  /** The channel says that everything has left. */
  void drained() {
    blocked = false;
    queued = false;
  }

  /** Bytes that the socket has not taken. */
  long pendingBytes() {
    if (!queued) {
      return 0;
    }
    var outbound = out.channel().unsafe().outboundBuffer();
    return outbound == null ? 0 : outbound.totalPendingWriteBytes() - outbound.currentProgress();
  }
}
