package io.flvkit.edge.netty;

import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.loop.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http2.EmptyHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One stream of HTTP/2: a request and its response. Confined to the connection's event loop. */
final class H2Exchange implements Exit {
  private final H2Handler handler;
  private final ChannelHandlerContext ctx;
  private final Http2Stream stream;
  private final boolean surplus;
  private final Loop loop;
  private @Nullable EdgeRequest request;
  private @Nullable ByteArrayOutputStream collected;
  private @Nullable ResponseWriter writer;
  private Http2Headers head = EmptyHttp2Headers.INSTANCE;
  private boolean withBody;
  private int bodyBytes;
  private long givenBytes;
  private long creditBytes;

  H2Exchange(H2Handler handler, Http2Stream stream, boolean surplus) {
    this.handler = handler;
    this.ctx = handler.context();
    this.stream = stream;
    this.surplus = surplus;
    this.loop = NettyTransport.loopOf(ctx.channel());
  }

  Http2Stream stream() {
    return stream;
  }

  H2Handler handler() {
    return handler;
  }

  Loop loop() {
    return loop;
  }

  void begin(Http2Headers headers, boolean complete) {
    HttpListener listener = handler.listener();
    EdgeHandler edge = listener.handler();
    EdgeRequest received = H2Head.request(ctx, headers);
    request = received;
    Refusal refusal = H2Head.refusal(headers);
    if (refusal != null) {
      refusal.count(listener);
      answer(edge.refuse(received, refusal.status(), refusal.why()));
    } else if (surplus || listener.isDraining()) {
      answer(edge.refuse(received, 503, surplus ? "too many connections" : "shutting down"));
    } else if (edge.readsBodies() && !complete) {
      collected = new ByteArrayOutputStream();
    } else {
      handle(received);
    }
  }

  /** More of the request's body. */
  void body(ByteBuf data) {
    bodyBytes += data.readableBytes();
    if (bodyBytes > HttpLimits.BODY_BYTES) {
      handler.resetStream(ctx, stream.id(), Http2Error.ENHANCE_YOUR_CALM.code(), ctx.newPromise());
    } else if (collected != null) {
      byte[] bytes = new byte[data.readableBytes()];
      data.getBytes(data.readerIndex(), bytes);
      collected.writeBytes(bytes);
    }
  }

  /** The request is complete. */
  void bodyEnds() {
    ByteArrayOutputStream body = collected;
    EdgeRequest received = request;
    collected = null;
    if (body != null && received != null) {
      handle(received.withBody(body.toByteArray()));
    }
  }

  private void handle(EdgeRequest received) {
    EdgeHandler edge = handler.listener().handler();
    edge.handle(received, loop)
        .whenComplete(
            (response, failure) ->
                loop.run(
                    () ->
                        answer(
                            failure == null
                                ? response
                                : edge.refuse(received, 500, "internal error"))));
  }

  private void answer(EdgeResponse response) {
    Delivery delivery = response.delivery();
    EdgeRequest received = request;
    if (received == null) {
      ResponseWriter.release(response.body());
      if (delivery != null) {
        delivery.finish(EndReason.CLIENT_GONE);
      }
      return;
    }
    head = H2Head.response(response);
    withBody = H2Head.hasBody(received, response);
    writer =
        ResponseWriter.of(this, loop, response, handler.limits(), reason -> done(delivery, reason));
    if (delivery != null) {
      delivery.cutBy(writer::cut);
    }
    writer.start();
  }

  private void done(@Nullable Delivery delivery, EndReason reason) {
    writer = null;
    request = null;
    if (delivery != null) {
      delivery.finish(reason);
    }
    if (stream.state().remoteSideOpen()) {
      // The answer is whole: what is left of the request is not wanted (RFC 9113, section 8.1).
      handler.resetStream(ctx, stream.id(), Http2Error.NO_ERROR.code(), ctx.newPromise());
      handler.flushSoon();
    }
    if (surplus) {
      ctx.channel().close();
    }
  }

  /** The stream is closed, by whomever. */
  void closed() {
    request = null;
    collected = null;
    ResponseWriter running = writer;
    if (running != null) {
      running.clientGone();
    }
  }

  /** The client lets more bytes come. */
  void windowOpened(int bytes) {
    creditBytes += bytes;
  }

  /** Bytes of content that wait for the client's window, or for room on the connection. */
  long waitingBytes() {
    Http2RemoteFlowController windows = handler.encoder().flowController();
    long sentBytes = windows.initialWindowSize() + creditBytes - windows.windowSize(stream);
    return Math.max(0, givenBytes - sentBytes);
  }

  @Override
  public boolean withBody() {
    return withBody;
  }

  @Override
  public boolean takesFiles() {
    return false;
  }

  @Override
  public ByteBufAllocator allocator() {
    return ctx.alloc();
  }

  @Override
  public void head() {
    if (withBody) {
      handler.encoder().writeHeaders(ctx, stream.id(), head, 0, false, ctx.newPromise());
    }
  }

  @Override
  public void flush() {
    handler.flushSoon();
  }

  @Override
  public ChannelFuture write(ByteBuf piece) {
    return data(piece, false);
  }

  @Override
  public ChannelFuture write(FileRegion piece) {
    throw new UnsupportedOperationException("frames are not made of files");
  }

  @Override
  public ChannelFuture end(ByteBuf last) {
    if (withBody) {
      return data(last, true);
    }
    last.release();
    handler.flushSoon();
    return handler.encoder().writeHeaders(ctx, stream.id(), head, 0, true, ctx.newPromise());
  }

  private ChannelFuture data(ByteBuf piece, boolean last) {
    handler.flushSoon();
    return give(piece, last);
  }

  /** Gives a piece to the connection, which sends it with its next flush. */
  ChannelFuture give(ByteBuf piece, boolean last) {
    givenBytes += piece.readableBytes();
    return handler.encoder().writeData(ctx, stream.id(), piece, 0, last, ctx.newPromise());
  }

  @Override
  public void abort() {
    handler.resetStream(ctx, stream.id(), Http2Error.INTERNAL_ERROR.code(), ctx.newPromise());
    handler.flushSoon();
  }

  @Override
  public WriteDeadline deadline(HttpLimits limits, Runnable onExpired) {
    return new WriteDeadline(ctx.executor(), limits.writeTimeout(), this::waitingBytes, onExpired);
  }

  @Override
  public ResponseWriter live(
      LiveBody body, @Nullable Delivery delivery, HttpLimits limits, Consumer<EndReason> done) {
    return new H2LiveWriter(this, body, delivery, limits, done);
  }
}
