package io.flvkit.edge.netty;

import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.LiveBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.FileRegion;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One response's way out: a connection of HTTP/1, or a stream of HTTP/2 or HTTP/3. Writers say what
 * is sent, an exit how. Confined to the event loop.
 */
interface Exit {
  /** Whether content follows the head at all. */
  boolean withBody();

  /** Whether regions of files may be written: nobody on their way wants the bytes. */
  boolean takesFiles();

  ByteBufAllocator allocator();

  /** Writes the head, which leaves with what follows it or with {@link #flush}. */
  void head();

  /** Sends the head though nothing follows it yet. */
  void flush();

  /** Sends a piece of the content. Takes over the buffer; the future completes when it has left. */
  ChannelFuture write(ByteBuf piece);

  /** Sends a piece of a file, where {@link #takesFiles}. */
  ChannelFuture write(FileRegion piece);

  /** Sends the last piece, which may be empty. */
  ChannelFuture end(ByteBuf last);

  /** Breaks the response off, so that the client knows. */
  void abort();

  /** A deadline for a client that takes nothing of what was written. Not started. */
  WriteDeadline deadline(HttpLimits limits, Runnable onExpired);

  /** A writer for a body without end. */
  ResponseWriter live(
      LiveBody body, @Nullable Delivery delivery, HttpLimits limits, Consumer<EndReason> done);
}
