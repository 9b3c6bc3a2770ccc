package io.flvkit.edge.netty;

import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.http.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.EmptyHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One stream of HTTP/2. Confined to the connection's event loop. */
final class H2Exchange extends StreamExchange {
  private final H2Handler handler;
  private final ChannelHandlerContext ctx;
  private final Http2Stream stream;
  private Http2Headers head = EmptyHttp2Headers.INSTANCE;
  private long givenBytes;
  private long creditBytes;

  H2Exchange(H2Handler handler, Http2Stream stream, boolean surplus) {
    super(
        handler.listener(),
        handler.limits(),
        NettyTransport.loopOf(handler.context().channel()),
        surplus);
    this.handler = handler;
    this.ctx = handler.context();
    this.stream = stream;
  }

  Http2Stream stream() {
    return stream;
  }

  H2Handler handler() {
    return handler;
  }

  void begin(Http2Headers headers, boolean complete) {
    boolean secure = ctx.pipeline().get(SslHandler.class) != null;
    begin(
        StreamHead.request(headers, Addresses.peer(ctx.channel()), Protocol.H2, secure),
        StreamHead.refusal(headers),
        complete);
  }

  @Override
  void prepare(EdgeResponse response) {
    head = StreamHead.response(new DefaultHttp2Headers(false), response);
  }

  @Override
  void refuseBody() {
    handler.resetStream(ctx, stream.id(), Http2Error.ENHANCE_YOUR_CALM.code(), ctx.newPromise());
  }

  @Override
  void answered(EndReason reason) {
    if (stream.state().remoteSideOpen()) {
      // RFC 9113, section 8.1
      handler.resetStream(ctx, stream.id(), Http2Error.NO_ERROR.code(), ctx.newPromise());
      handler.flushSoon();
    }
  }

  @Override
  void closeConnection() {
    ctx.channel().close();
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
  public ByteBufAllocator allocator() {
    return ctx.alloc();
  }

  @Override
  public void head() {
    if (withBody()) {
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
  public ChannelFuture end(ByteBuf last) {
    if (withBody()) {
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
