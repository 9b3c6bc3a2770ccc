package io.flvkit.edge.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Looks at how a clear connection begins: HTTP/2 with prior knowledge opens with {@code PRI} (RFC
 * 9113, section 3.4), everything else is HTTP/1. Then it leaves the pipeline.
 */
final class FirstBytes extends ByteToMessageDecoder {
  private static final byte[] PREFACE = {'P', 'R', 'I'};

  private final HttpListener listener;
  private final HttpLimits limits;
  private final boolean surplus;

  FirstBytes(HttpListener listener, HttpLimits limits, boolean surplus) {
    this.listener = listener;
    this.limits = limits;
    this.surplus = surplus;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int length = Math.min(PREFACE.length, in.readableBytes());
    boolean preface = true;
    for (int i = 0; i < length; i++) {
      preface &= in.getByte(in.readerIndex() + i) == PREFACE[i];
    }
    if (preface && length < PREFACE.length) {
      return;
    }
    if (preface) {
      ctx.pipeline().remove(HeadDeadline.class);
      ctx.pipeline().addLast(H2Requests.handler(listener, limits, surplus));
    } else {
      listener.speakHttp1(ctx.pipeline(), limits, surplus);
    }
    ctx.pipeline().remove(this);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof HeadDeadline.Expired) {
      listener.speakHttp1(ctx.pipeline(), limits, surplus); // who says nothing hears it in HTTP/1
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close(); // a reset by the peer
  }
}
