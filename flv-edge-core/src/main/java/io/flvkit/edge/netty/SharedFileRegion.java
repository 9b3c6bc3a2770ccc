package io.flvkit.edge.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.ssl.SslHandler;
import java.nio.channels.FileChannel;

/** A region of a file that others read too: its owner closes it, not the region. */
final class SharedFileRegion extends DefaultFileRegion {
  SharedFileRegion(FileChannel file, long position, long count) {
    super(file, position, count);
  }

  /** Whether a region may be written there: nobody on its way to the socket wants the bytes. */
  static boolean passes(ChannelHandlerContext ctx) {
    return ctx.pipeline().get(SslHandler.class) == null;
  }

  @Override
  protected void deallocate() {}
}
