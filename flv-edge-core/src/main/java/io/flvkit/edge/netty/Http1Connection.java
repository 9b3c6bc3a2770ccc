package io.flvkit.edge.netty;

import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.http.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 or HTTP/1.0 connection: requests one after the other, pipelined ones wait. Confined
 * to the connection's event loop.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter {
  private final HttpListener listener;
  private final HttpLimits limits;
  private final boolean surplus;
  private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>();

  private @Nullable HttpRequest current;
  private @Nullable ResponseWriter writer;
  private @Nullable EdgeRequest collecting;
  private ByteArrayOutputStream collected = new ByteArrayOutputStream(0);
  private boolean requestComplete;
  private boolean answered;
  private boolean refused;
  private boolean hasServed;
  private boolean closing;
  private int bodyBytes;

  Http1Connection(HttpListener listener, HttpLimits limits, boolean surplus) {
    this.listener = listener;
    this.limits = limits;
    this.surplus = surplus;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    HttpObject part = (HttpObject) message;
    if (closing) {
      ReferenceCountUtil.release(part);
    } else if (current == null && waiting.isEmpty()) {
      take(ctx, part);
    } else if (current != null && !requestComplete && !(part instanceof HttpRequest)) {
      take(ctx, part);
    } else {
      enqueue(ctx, part);
    }
  }

  private void enqueue(ChannelHandlerContext ctx, HttpObject part) {
    waiting.add(part);
    if (waiting.size() >= HttpLimits.PIPELINED_PARTS) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  private void take(ChannelHandlerContext ctx, HttpObject part) {
    if (part instanceof HttpRequest request) {
      begin(ctx, request);
    }
    if (part instanceof HttpContent content) {
      bodyBytes += content.content().readableBytes();
      boolean last = content instanceof LastHttpContent;
      collect(content.content());
      ReferenceCountUtil.release(part);
      if (bodyBytes > HttpLimits.BODY_BYTES) {
        close(ctx);
      } else if (last) {
        requestComplete = true;
        handleCollected(ctx);
        next(ctx);
      }
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    current = request;
    requestComplete = false;
    answered = false;
    bodyBytes = 0;
    ctx.pipeline().get(HeadDeadline.class).headComplete();
    EdgeHandler handler = listener.handler();
    EdgeRequest edgeRequest = toEdgeRequest(ctx, request);
    boolean webSocket = WebSocketHandshake.isWanted(request);
    Refusal refusal = Refusal.of(request);
    if (refusal == null && webSocket) {
      refusal = WebSocketHandshake.refusal(request);
    }
    if (refusal != null) {
      refused = true;
      refusal.count(listener);
      HttpUtil.setKeepAlive(request, false);
      EdgeResponse answer = handler.refuse(edgeRequest, refusal.status(), refusal.why());
      answer(ctx, request, webSocket ? answer.with("Sec-WebSocket-Version", "13") : answer);
      return;
    }
    boolean kept = hasServed;
    hasServed = true;
    if (surplus || (kept && listener.isDraining())) {
      HttpUtil.setKeepAlive(request, false);
      String why = surplus ? "too many connections" : "shutting down";
      answer(ctx, request, handler.refuse(edgeRequest, 503, why));
      return;
    }
    if (HttpUtil.is100ContinueExpected(request)) {
      // No service reads a body, so the final answer comes at once and the body is not awaited.
      HttpUtil.setKeepAlive(request, false);
    }
    if (handler.readsBodies()) {
      collecting = edgeRequest;
      collected = new ByteArrayOutputStream();
    } else {
      handle(ctx, request, edgeRequest);
    }
  }

  private void collect(ByteBuf content) {
    if (collecting != null && bodyBytes <= HttpLimits.BODY_BYTES) {
      byte[] bytes = new byte[content.readableBytes()];
      content.getBytes(content.readerIndex(), bytes);
      collected.writeBytes(bytes);
    }
  }

  private void handleCollected(ChannelHandlerContext ctx) {
    EdgeRequest request = collecting;
    HttpRequest message = current;
    collecting = null;
    if (request != null && message != null) {
      handle(ctx, message, request.withBody(collected.toByteArray()));
    }
  }

  private void handle(ChannelHandlerContext ctx, HttpRequest request, EdgeRequest edgeRequest) {
    EdgeHandler handler = listener.handler();
    handler
        .handle(edgeRequest, NettyTransport.loopOf(ctx.channel()))
        .whenComplete(
            (response, failure) ->
                NettyTransport.loopOf(ctx.channel())
                    .run(
                        () ->
                            answer(
                                ctx,
                                request,
                                failure == null
                                    ? response
                                    : handler.refuse(edgeRequest, 500, "internal error"))));
  }

  private void refuseLateHead(ChannelHandlerContext ctx) {
    HttpRequest unread = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    HttpUtil.setKeepAlive(unread, false);
    current = unread;
    String why = "the head of the request took too long";
    answer(ctx, unread, listener.handler().refuse(toEdgeRequest(ctx, unread), 408, why));
  }

  private static EdgeRequest toEdgeRequest(ChannelHandlerContext ctx, HttpRequest request) {
    Headers.Builder headers = Headers.builder();
    if (request.decoderResult().isSuccess()) {
      request.headers().forEach(field -> headers.add(field.getKey(), field.getValue()));
    }
    RequestTarget target = RequestTarget.of(request);
    if (target.authority() != null) {
      headers.set("Host", target.authority());
    }
    return new EdgeRequest(
            request.method().name(),
            target.target(),
            headers.build(),
            Addresses.peer(ctx.channel()),
            WebSocketHandshake.isWanted(request) ? Protocol.WS : Protocol.H1,
            System.nanoTime())
        .secured(ctx.pipeline().get(SslHandler.class) != null);
  }

  private void answer(ChannelHandlerContext ctx, HttpRequest request, EdgeResponse response) {
    if (!ctx.channel().isActive() || current != request) {
      giveUp(response);
      return;
    }
    if (response.body() instanceof LiveBody live && WebSocketHandshake.isWanted(request)) {
      openWebSocket(ctx, request, response, live);
      return;
    }
    boolean keepAlive = HttpUtil.isKeepAlive(request) && !listener.isDraining();
    ResponseHead head = ResponseHead.of(request, listener.announcing(response), keepAlive);
    send(
        response,
        ResponseWriter.of(
            new Http1Exit(ctx, head),
            NettyTransport.loopOf(ctx.channel()),
            response,
            limits,
            reason -> done(ctx, response, head.keepAlive(), reason)));
  }

  private void openWebSocket(
      ChannelHandlerContext ctx, HttpRequest request, EdgeResponse response, LiveBody live) {
    ctx.write(WebSocketHandshake.accept(request, response), ctx.voidPromise());
    WebSocketSession session = new WebSocketSession(listener);
    ctx.pipeline().addBefore(ctx.name(), null, WebSocketSession.decoder());
    ctx.pipeline().addBefore(ctx.name(), null, session);
    ctx.pipeline().remove(HttpServerCodec.class);
    send(
        response,
        new WebSocketWriter(
            ctx, session, live, response.delivery(), reason -> over(response, reason)));
  }

  private void send(EdgeResponse response, ResponseWriter begun) {
    writer = begun;
    if (response.delivery() != null) {
      response.delivery().cutBy(begun::cut);
    }
    begun.start();
  }

  private void over(EdgeResponse response, EndReason reason) {
    writer = null;
    if (response.delivery() != null) {
      response.delivery().finish(reason);
    }
  }

  private static void giveUp(EdgeResponse response) {
    ResponseWriter.release(response.body());
    if (response.delivery() != null) {
      response.delivery().finish(EndReason.CLIENT_GONE);
    }
  }

  private void done(
      ChannelHandlerContext ctx, EdgeResponse response, boolean keepAlive, EndReason reason) {
    over(response, reason);
    answered = true;
    if (!keepAlive) {
      close(ctx);
    } else if (requestComplete) {
      next(ctx);
    } else {
      awaitMore(ctx); // the rest of a body that nobody wants
    }
  }

  private void close(ChannelHandlerContext ctx) {
    closing = true;
    if (answered && (refused || !requestComplete)) {
      LingeringClose.of(ctx);
    } else {
      ctx.close();
    }
  }

  /** Goes on to the next request when this one was both read and answered. */
  private void next(ChannelHandlerContext ctx) {
    if (current == null || !requestComplete || !answered || !ctx.channel().isActive()) {
      return;
    }
    current = null;
    HttpObject part;
    while ((current == null || !requestComplete) && (part = waiting.poll()) != null) {
      take(ctx, part);
    }
    if (waiting.isEmpty()) {
      ctx.channel().config().setAutoRead(true);
    }
    if (current == null) {
      awaitMore(ctx);
    }
  }

  private static void awaitMore(ChannelHandlerContext ctx) {
    HeadDeadline deadline = ctx.pipeline().get(HeadDeadline.class);
    if (deadline != null) {
      deadline.awaitNext(ctx.pipeline().context(deadline));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (writer != null) {
      writer.writabilityChanged();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == HeadDeadline.Expired.BETWEEN_REQUESTS) {
      ctx.close();
    } else if (event == HeadDeadline.Expired.IN_HEAD) {
      listener.limitHit("headerTimeout");
      refuseLateHead(ctx);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (writer != null) {
      writer.clientGone();
    }
    current = null;
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A reset by the peer, or a write to a closed connection: nobody is left to tell.
    ctx.close();
  }

  /** Whether a message is of the version that keeps connections by default. */
  static boolean isHttp11(HttpMessage message) {
    return message.protocolVersion().minorVersion() > 0;
  }
}
