package io.flvkit.examples.origin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The answers that are no media. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
final class Answers {
  /** How long a client whose body is not wanted may take to notice, and how much it may send. */
  private static final int LINGER_SECONDS = 2;

  private static final long LINGER_BYTES_MAX = 4 << 20;

  private Answers() {}

  /** Lets pages of other sites play the stream, and see how it is transported. */
  static void allowAnySite(HttpHeaders headers) {
    headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    headers.set("Timing-Allow-Origin", "*");
  }

  /** A status with its reason as text. */
  static FullHttpResponse status(HttpResponseStatus status) {
    return status(status, status.toString());
  }

  /** A status with one line of text; 204 has none. */
  static FullHttpResponse status(HttpResponseStatus status, String line) {
    boolean hasBody = !status.equals(HttpResponseStatus.NO_CONTENT);
    byte[] text = hasBody ? (line + "\n").getBytes(StandardCharsets.UTF_8) : new byte[0];
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(text));
    allowAnySite(response.headers());
    if (hasBody) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
      HttpUtil.setContentLength(response, text.length);
    }
    return response;
  }

  /** Answers a request; the connection stays open if the client wants it to and sends no body. */
  static void answer(
      ChannelHandlerContext context, HttpRequest request, FullHttpResponse response) {
    boolean hasBody =
        HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) != 0;
    if (hasBody || !HttpUtil.isKeepAlive(request)) {
      answerAndClose(context, response);
    } else {
      HttpUtil.setKeepAlive(response, true);
      context.writeAndFlush(response);
    }
  }

  /**
   * Answers and closes, yet reads on for a moment: closing at once would reset the connection under
   * a client that is still sending, and take the answer from it.
   */
  static void answerAndClose(ChannelHandlerContext context, FullHttpResponse response) {
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    context.channel().writeAndFlush(response).addListener(sent -> shutdownOutput(context));
    context.pipeline().replace(context.handler(), "discard", new Discard());
    context.executor().schedule(() -> context.channel().close(), LINGER_SECONDS, TimeUnit.SECONDS);
  }

  private static void shutdownOutput(ChannelHandlerContext context) {
    if (context.channel() instanceof SocketChannel socket && socket.isActive()) {
      socket.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
  }

  /** Throws away what still comes, and closes when the client does or sends too much. */
  private static final class Discard extends ChannelInboundHandlerAdapter {
    private long bytes;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpContent content) {
        bytes += content.content().readableBytes();
      }
      ReferenceCountUtil.release(message);
      if (bytes > LINGER_BYTES_MAX) {
        context.close();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
