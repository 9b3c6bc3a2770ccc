package io.flvkit.edge.netty;

import io.flvkit.edge.http.Delivery;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.EndReason;
import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.http.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream of HTTP/3. Content goes past the frame codec, which would take each piece for a frame
 * of its own. Confined to the connection's event loop.
 */
final class H3Exchange extends StreamExchange {
  private final H3Connection connection;
  private final QuicStreamChannel stream;
  private final ChannelHandlerContext belowFrames;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private boolean refused;
  private Http3Headers head = new DefaultHttp3Headers(false);

  H3Exchange(H3Connection connection, QuicStreamChannel stream) {
    super(
        connection.listener(),
        connection.limits(),
        NettyTransport.loopOf(stream),
        connection.isSurplus());
    this.connection = connection;
    this.stream = stream;
    this.belowFrames = stream.pipeline().firstContext();
  }

  void begin(Http3Headers headers) {
    begin(
        StreamHead.request(headers, connection.peer(), Protocol.H3, true),
        H3Head.refusal(headers, connection.limits()),
        false);
  }

  @Override
  void prepare(EdgeResponse response) {
    head = StreamHead.response(new DefaultHttp3Headers(false), response);
  }

  @Override
  void refuseBody() {
    connection.count(H3Connection.Kind.FAULTS);
    giveUp(Http3ErrorCode.H3_EXCESSIVE_LOAD);
  }

  @Override
  void answered(EndReason reason) {
    if (reason == EndReason.CLIENT_GONE) {
      connection.count(H3Connection.Kind.RESETS);
    }
    if (stream.isOpen() && !stream.isInputShutdown()) {
      giveUp(Http3ErrorCode.H3_NO_ERROR); // RFC 9114, section 4.1
    }
  }

  @Override
  void closeConnection() {
    connection.closeSoon();
  }

  /** Ends what has not ended of both directions. */
  private void giveUp(Http3ErrorCode error) {
    if (!stream.isOpen()) {
      return;
    }
    if (!stream.isInputShutdown()) {
      connection.abandoned();
      stream.shutdownInput(error.code());
    }
    if (!stream.isOutputShutdown()) {
      stream.shutdownOutput(error.code());
    }
    stream.close();
  }

  /** Bytes of frames that neither the client's windows nor the path have room for. */
  long waitingBytes() {
    long bytes = 0;
    for (ByteBuf frame : waiting) {
      bytes += frame.readableBytes();
    }
    return bytes;
  }

  @Override
  public ByteBufAllocator allocator() {
    return stream.alloc();
  }

  @Override
  public void head() {
    if (withBody()) {
      sendHead();
    }
  }

  private void sendHead() {
    ChannelFuture sent = stream.write(new DefaultHttp3HeadersFrame(head));
    refused = sent.isDone() && !sent.isSuccess();
  }

  @Override
  public void flush() {
    // A stream of QUIC gives what is written to the connection at once.
  }

  @Override
  public ChannelFuture write(ByteBuf piece) {
    return give(List.of(direct(piece)));
  }

  /** Sends direct buffers as one frame, and takes them over. */
  ChannelFuture give(List<ByteBuf> pieces) {
    ByteBuf frame = H3Data.frame(stream.alloc(), pieces);
    return send(frame, frame);
  }

  /** A buffer that QUIC takes as it is; takes over the one given. */
  ByteBuf direct(ByteBuf piece) {
    if (piece.isDirect()) {
      return piece;
    }
    try {
      return stream.alloc().directBuffer(piece.readableBytes()).writeBytes(piece);
    } finally {
      piece.release();
    }
  }

  @Override
  public ChannelFuture end(ByteBuf last) {
    if (!withBody()) {
      last.release();
      sendHead();
      return end(List.of());
    }
    if (!last.isReadable()) {
      last.release();
      return end(List.of());
    }
    return end(List.of(direct(last)));
  }

  /** As {@link #give}, and ends the stream. */
  ChannelFuture end(List<ByteBuf> pieces) {
    ByteBuf frame = pieces.isEmpty() ? Unpooled.EMPTY_BUFFER : H3Data.frame(stream.alloc(), pieces);
    return send(frame, new DefaultQuicStreamFrame(frame, true));
  }

  private ChannelFuture send(ByteBuf frame, Object message) {
    boolean first = waiting.isEmpty();
    int bytes = frame.readableBytes();
    ChannelFuture leaving = belowFrames.write(message);
    if (leaving.isDone()) {
      return leaving;
    }
    waiting.add(frame);
    leaving.addListener(left -> waiting.remove()); // frames leave in their order
    boolean hasRoom = stream.bytesBeforeUnwritable() > 0;
    if (refused || (first && hasRoom && frame.readableBytes() == bytes)) {
      // Nothing was taken though there is room: the client stopped reading, which nobody tells.
      giveUp(Http3ErrorCode.H3_REQUEST_CANCELLED);
    }
    return leaving;
  }

  @Override
  public void abort() {
    giveUp(Http3ErrorCode.H3_INTERNAL_ERROR);
  }

  @Override
  public WriteDeadline deadline(HttpLimits limits, Runnable onExpired) {
    return new WriteDeadline(
        stream.eventLoop(), limits.writeTimeout(), this::waitingBytes, onExpired);
  }

  @Override
  public ResponseWriter live(
      LiveBody body, @Nullable Delivery delivery, HttpLimits limits, Consumer<EndReason> done) {
    return new H3LiveWriter(this, body, delivery, limits, done);
  }
}
