package io.flvkit.edge.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.http3.Http3Exception;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.quic.QuicException;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns the frames of one stream into a request, an {@link H3Exchange}. */
final class H3Requests extends ChannelInboundHandlerAdapter {
  private final H3Connection connection;
  private @Nullable H3Exchange exchange;
  private @Nullable ScheduledFuture<?> headTimer;

  H3Requests(H3Connection connection) {
    this.connection = connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    headTimer =
        ctx.executor()
            .schedule(
                () -> {
                  headTimer = null;
                  connection.listener().limitHit("headerTimeout");
                  giveUp(ctx, Http3ErrorCode.H3_REQUEST_INCOMPLETE);
                },
                connection.limits().headerTimeout().toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private void headIsThere() {
    if (headTimer != null) {
      headTimer.cancel(false);
      headTimer = null;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof Http3HeadersFrame head) {
        if (exchange == null) {
          begin(ctx, head.headers());
        }
      } else if (message instanceof Http3DataFrame data && exchange != null) {
        if (!data.content().isReadable()) {
          connection.count(H3Connection.Kind.EMPTY_FRAMES);
        }
        exchange.body(data.content());
      } else {
        connection.count(H3Connection.Kind.IGNORED);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext ctx, Http3Headers headers) {
    headIsThere();
    connection.begun();
    H3Exchange begun = new H3Exchange(connection, (QuicStreamChannel) ctx.channel());
    exchange = begun;
    begun.begin(headers);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      if (exchange == null) {
        fail(ctx, Http3ErrorCode.H3_REQUEST_INCOMPLETE);
      } else {
        exchange.bodyEnds();
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  private void fail(ChannelHandlerContext ctx, Http3ErrorCode error) {
    connection.count(H3Connection.Kind.FAULTS);
    giveUp(ctx, error);
  }

  private void giveUp(ChannelHandlerContext ctx, Http3ErrorCode error) {
    QuicStreamChannel stream = (QuicStreamChannel) ctx.channel();
    stream.shutdown(error.code());
    stream.close();
  }

  /** More has arrived than a request may be long. */
  void tooLong(ChannelHandlerContext ctx) {
    fail(ctx, Http3ErrorCode.H3_EXCESSIVE_LOAD);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    headIsThere();
    if (exchange != null) {
      if (exchange.isUnanswered()) {
        connection.count(H3Connection.Kind.RESETS);
      }
      exchange.closed();
      exchange = null;
      connection.ended();
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Http3Exception fault) {
      // The codec closes the connection.
      if (fault.errorCode() == Http3ErrorCode.H3_EXCESSIVE_LOAD) {
        connection.listener().limitHit("headerBytes");
      }
    } else if (cause instanceof QuicException) {
      if (exchange == null) {
        connection.count(H3Connection.Kind.RESETS);
      }
      giveUp(ctx, Http3ErrorCode.H3_REQUEST_CANCELLED); // as the client did
    } else {
      fail(ctx, Http3ErrorCode.H3_MESSAGE_ERROR);
    }
  }
}
