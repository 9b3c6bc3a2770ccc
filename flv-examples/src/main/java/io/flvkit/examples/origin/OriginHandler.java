package io.flvkit.examples.origin;

import io.flvkit.codec.FlvFormatException;
import io.flvkit.token.BadPathException;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Routes the requests of one connection, and carries the body of a publisher to its stream. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
final class OriginHandler extends SimpleChannelInboundHandler<HttpObject> {
  private final LiveStreams streams;
  private final @Nullable VodFiles files;
  private @Nullable Publication publication;

  /** A live response has begun: nothing else is answered on this connection. */
  private boolean watching;

  OriginHandler(LiveStreams streams, @Nullable VodFiles files) {
    this.streams = streams;
    this.files = files;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (watching) {
      return;
    }
    if (message instanceof HttpRequest request) {
      receive(context, request);
    }
    if (message instanceof HttpContent content && publication != null) {
      publish(context, publication, content);
    }
  }

  private void receive(ChannelHandlerContext context, HttpRequest request) {
    boolean hostMissing =
        request.protocolVersion().equals(HttpVersion.HTTP_1_1)
            && request.headers().getAll(HttpHeaderNames.HOST).size() != 1;
    if (request.decoderResult().isFailure() || hostMissing) {
      refuse(context, HttpResponseStatus.BAD_REQUEST);
      return;
    }
    try {
      route(context, request, RequestPath.of(request.uri()));
    } catch (BadPathException e) {
      refuse(context, HttpResponseStatus.BAD_REQUEST);
    }
  }

  private void route(ChannelHandlerContext context, HttpRequest request, RequestPath path) {
    Optional<String> stream = path.stream();
    if (stream.isPresent()) {
      live(context, request, stream.get());
    } else if (path.file().isPresent() && files != null) {
      files.answer(context, request, path.file().get());
    } else {
      answer(context, request, HttpResponseStatus.NOT_FOUND);
    }
  }

  private void live(ChannelHandlerContext context, HttpRequest request, String name) {
    HttpMethod method = request.method();
    if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      watch(context, request, name);
    } else if (method.equals(HttpMethod.POST) || method.equals(HttpMethod.PUT)) {
      beginPublication(context, request, name);
    } else {
      FullHttpResponse response = Answers.status(HttpResponseStatus.METHOD_NOT_ALLOWED);
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD, POST, PUT");
      Answers.answerAndClose(context, response);
    }
  }

  private void watch(ChannelHandlerContext context, HttpRequest request, String name) {
    Fault fault = streams.fault(name);
    Optional<LiveStream> stream = streams.find(name);
    if (fault == Fault.RESET) {
      reset(context);
    } else if (fault == Fault.STATUS_503) {
      answer(context, request, HttpResponseStatus.SERVICE_UNAVAILABLE);
    } else if (stream.isEmpty()) {
      answer(context, request, HttpResponseStatus.NOT_FOUND);
    } else if (request.method().equals(HttpMethod.HEAD)) {
      context.write(liveHead(request));
      context
          .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
          .addListener(ChannelFutureListener.CLOSE);
    } else {
      watching = true;
      context.write(liveHead(request));
      stream.get().join(new LiveViewer(context.channel()));
    }
  }

  private static HttpResponse liveHead(HttpRequest request) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers().set(HttpHeaderNames.CONTENT_TYPE, "video/x-flv");
    head.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    Answers.allowAnySite(head.headers());
    HttpUtil.setTransferEncodingChunked(
        head, request.protocolVersion().equals(HttpVersion.HTTP_1_1));
    return head;
  }

  /** Makes the close a reset: with a linger time of 0 what is unsent is thrown away. */
  private static void reset(ChannelHandlerContext context) {
    context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    context.close();
  }

  private void beginPublication(ChannelHandlerContext context, HttpRequest request, String name) {
    Optional<LiveStream> stream = streams.open(name);
    if (stream.isEmpty()) {
      refuse(context, HttpResponseStatus.CONFLICT);
      return;
    }
    publication = new Publication(streams, name, stream.get());
    if (HttpUtil.is100ContinueExpected(request)) {
      context.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  private void publish(ChannelHandlerContext context, Publication feed, HttpContent content) {
    try {
      if (content.decoderResult().isFailure()) {
        endPublication();
        refuse(context, HttpResponseStatus.BAD_REQUEST);
        return;
      }
      feed.accept(content.content());
      if (content instanceof LastHttpContent) {
        endPublication();
        Answers.answerAndClose(context, Answers.status(HttpResponseStatus.OK));
      }
    } catch (FlvFormatException e) {
      endPublication();
      Answers.answerAndClose(
          context, Answers.status(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage())));
    }
  }

  private void endPublication() {
    if (publication != null) {
      publication.end();
      publication = null;
    }
  }

  private static void answer(
      ChannelHandlerContext context, HttpRequest request, HttpResponseStatus status) {
    Answers.answer(context, request, Answers.status(status));
  }

  private static void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
    Answers.answerAndClose(context, Answers.status(status));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent && !watching) {
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    endPublication();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
