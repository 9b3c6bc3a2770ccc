package io.flvkit.edge.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import org.jspecify.annotations.Nullable;

/** Turns the frames of a connection into requests, an {@link H2Exchange} each. */
final class H2Requests extends Http2EventAdapter {
  private final H2Handler handler;
  private final boolean surplus;
  private final Http2Connection.PropertyKey exchangeKey;

  private H2Requests(H2Handler handler, boolean surplus) {
    this.handler = handler;
    this.surplus = surplus;
    this.exchangeKey = handler.connection().newKey();
  }

  /** The handler of a new connection. */
  static H2Handler handler(HttpListener listener, HttpLimits limits, boolean surplus) {
    Http2Connection connection = new DefaultHttp2Connection(true);
    // At once: a client that never confirms our settings is bound by them too.
    connection.remote().maxActiveStreams(HttpLimits.STREAMS);
    connection
        .remote()
        .flowController(
            new DefaultHttp2RemoteFlowController(
                connection, new UniformStreamByteDistributor(connection)));
    H2Guard guard =
        new H2Guard(
            new DefaultHttp2FrameReader(
                new DefaultHttp2HeadersDecoder(true, true, limits.headerBytes())),
            listener::limitHit,
            System::nanoTime);
    Http2ConnectionEncoder encoder =
        new DefaultHttp2ConnectionEncoder(connection, new DefaultHttp2FrameWriter());
    Http2ConnectionDecoder decoder =
        new DefaultHttp2ConnectionDecoder(
            connection,
            encoder,
            guard,
            Http2PromisedRequestVerifier.ALWAYS_VERIFY,
            true,
            true,
            true,
            true);
    Http2Settings settings =
        new Http2Settings()
            .maxConcurrentStreams(HttpLimits.STREAMS)
            .maxHeaderListSize(limits.headerBytes());
    H2Handler handler = new H2Handler(decoder, encoder, settings, listener, limits, guard);
    H2Requests requests = new H2Requests(handler, surplus);
    decoder.frameListener(requests);
    connection.addListener(requests);
    return handler;
  }

  private @Nullable H2Exchange exchangeOf(@Nullable Http2Stream stream) {
    return stream == null ? null : stream.getProperty(exchangeKey);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int streamDependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endOfStream)
      throws Http2Exception {
    onHeadersRead(ctx, streamId, headers, padding, endOfStream);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int padding,
      boolean endOfStream)
      throws Http2Exception {
    Http2Stream stream = handler.connection().stream(streamId);
    H2Exchange exchange = exchangeOf(stream);
    if (exchange != null) {
      exchange.bodyEnds(); // trailers, which nobody reads
    } else {
      handler.busy();
      H2Exchange begun = new H2Exchange(handler, stream, surplus);
      stream.setProperty(exchangeKey, begun);
      begun.begin(headers, endOfStream);
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream)
      throws Http2Exception {
    H2Exchange exchange = exchangeOf(handler.connection().stream(streamId));
    int length = data.readableBytes() + padding;
    if (exchange != null) {
      exchange.body(data);
      if (endOfStream) {
        exchange.bodyEnds();
      }
    }
    return length;
  }

  @Override
  public void onWindowUpdateRead(ChannelHandlerContext ctx, int streamId, int increment) {
    H2Exchange exchange = exchangeOf(handler.connection().stream(streamId));
    if (exchange != null) {
      exchange.windowOpened(increment);
    }
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    H2Exchange exchange = exchangeOf(stream);
    if (exchange != null) {
      exchange.closed();
    }
  }

  @Override
  public void onStreamRemoved(Http2Stream stream) {
    handler.streamRemoved();
  }
}
