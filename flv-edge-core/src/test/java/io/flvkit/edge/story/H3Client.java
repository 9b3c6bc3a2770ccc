package io.flvkit.edge.story;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client of HTTP/3 that sees how streams and connections end, by Netty. */
final class H3Client implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 20;
  private static final int WINDOW_BYTES = 100_000;

  private static final EventLoopGroup LOOP =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("test-h3", true), NioIoHandler.newFactory());

  private final Channel socket;
  private final QuicChannel connection;
  private final CompletableFuture<QuicConnectionCloseEvent> closed;

  private H3Client(
      Channel socket, QuicChannel connection, CompletableFuture<QuicConnectionCloseEvent> closed) {
    this.socket = socket;
    this.connection = connection;
    this.closed = closed;
  }

  static H3Client connect(InetSocketAddress edge) throws IOException {
    return connect(edge, "edge.test");
  }

  /** Opens a connection whose handshake is over; names that host (SNI). */
  static H3Client connect(InetSocketAddress edge, String host) throws IOException {
    QuicSslContext tls =
        QuicSslContextBuilder.forClient()
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .applicationProtocols("h3")
            .build();
    ChannelHandler codec =
        Http3.newQuicClientCodecBuilder()
            .sslEngineProvider(channel -> tls.newEngine(channel.alloc(), host, edge.getPort()))
            .maxIdleTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .initialMaxData(10L * WINDOW_BYTES)
            .initialMaxStreamDataBidirectionalLocal(WINDOW_BYTES)
            .build();
    Channel socket =
        new Bootstrap()
            .group(LOOP)
            .channel(NioDatagramChannel.class)
            .handler(codec)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    CompletableFuture<QuicConnectionCloseEvent> closed = new CompletableFuture<>();
    QuicChannel connection =
        result(
            QuicChannel.newBootstrap(socket)
                .handler(new Connection(closed))
                .remoteAddress(edge)
                .connect());
    return new H3Client(socket, connection, closed);
  }

  private static <T> T result(Future<T> future) throws IOException {
    if (!future.awaitUninterruptibly(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("takes too long");
    }
    if (!future.isSuccess()) {
      throw new IOException(future.cause());
    }
    return future.getNow();
  }

  /** The certificate that the edge showed. */
  X509Certificate certificate() throws IOException {
    return (X509Certificate)
        Objects.requireNonNull(connection.sslEngine()).getSession().getPeerCertificates()[0];
  }

  Stream get(String path, String... fields) throws IOException {
    return request("GET", path, true, fields);
  }

  /** Sends a request; fields are names and values in turn. */
  Stream request(String method, String path, boolean complete, String... fields)
      throws IOException {
    Http3Headers head = new DefaultHttp3Headers(false);
    head.method(method).path(path).scheme("https").authority("edge.test");
    for (int i = 0; i < fields.length; i += 2) {
      head.add(fields[i], fields[i + 1]);
    }
    return send(head, complete);
  }

  /** Waits for a stream that the edge allows: to try in vain uses its number up. */
  Stream send(Http3Headers head, boolean complete) throws IOException {
    EdgeStage.until("a stream is left", () -> streamsLeft() > 0 || !isOpen());
    Stream stream = new Stream();
    QuicStreamChannel channel = result(Http3.newRequestStream(connection, stream));
    channel.writeAndFlush(new DefaultHttp3HeadersFrame(head));
    if (complete) {
      channel.shutdownOutput();
    }
    stream.channel = channel;
    return stream;
  }

  private long streamsLeft() {
    return connection.peerAllowedStreams(QuicStreamType.BIDIRECTIONAL);
  }

  /** Opens a stream on which bytes are sent as they are. */
  QuicStreamChannel raw(QuicStreamType type) throws IOException {
    return result(connection.createStream(type, new Silent()));
  }

  /** The error code by which the edge closes the connection. */
  int closedWith() {
    return closed.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join().error();
  }

  boolean isOpen() {
    return connection.isActive();
  }

  @Override
  public void close() {
    connection.close().awaitUninterruptibly(DEADLINE_SECONDS, TimeUnit.SECONDS);
    socket.close().awaitUninterruptibly(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  private static final class Connection extends ChannelInitializer<QuicChannel> {
    private final CompletableFuture<QuicConnectionCloseEvent> closed;

    Connection(CompletableFuture<QuicConnectionCloseEvent> closed) {
      this.closed = closed;
    }

    @Override
    protected void initChannel(QuicChannel channel) {
      channel
          .pipeline()
          .addLast(new Http3ClientConnectionHandler())
          .addLast(
              new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                  if (event instanceof QuicConnectionCloseEvent close) {
                    closed.complete(close);
                  }
                  ctx.fireUserEventTriggered(event);
                }
              });
    }
  }

  private static final class Silent extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  /** How a stream ended. */
  enum End {
    CLEAN,
    RESET,
    /** With its connection. */
    CLOSED
  }

  /** One request and what comes back. */
  static final class Stream extends ChannelInboundHandlerAdapter {
    private final Map<String, String> head = new LinkedHashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable End end;
    private volatile @Nullable QuicStreamChannel channel;

    QuicStreamChannel channel() {
      return Objects.requireNonNull(channel);
    }

    @Override
    public synchronized void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof Http3HeadersFrame frame) {
        frame
            .headers()
            .forEach(field -> head.put(field.getKey().toString(), field.getValue().toString()));
      } else if (message instanceof Http3DataFrame frame) {
        ByteBuf content = frame.content();
        byte[] bytes = new byte[content.readableBytes()];
        content.readBytes(bytes);
        body.writeBytes(bytes);
      }
      ReferenceCountUtil.release(message);
      notifyAll();
    }

    private synchronized void ends(End how) {
      if (end == null) {
        end = how;
      }
      notifyAll();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == ChannelInputShutdownEvent.INSTANCE) {
        ends(End.CLEAN);
      }
      ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ends(End.RESET);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      ends(End.CLOSED);
    }

    private synchronized void await(String what, Supplier<Boolean> condition) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
      while (!condition.get()) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          throw new AssertionError("waited in vain for " + what);
        }
        try {
          wait(millis);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }

    synchronized Map<String, String> head() {
      await("a head", () -> !head.isEmpty() || end != null);
      return head;
    }

    int status() {
      return Integer.parseInt(head().getOrDefault(":status", "0"));
    }

    /** What has come of the body, as soon as it is that long or over. */
    synchronized byte[] body(int least) {
      await(least + " bytes", () -> body.size() >= least || end != null);
      return body.toByteArray();
    }

    byte[] whole() {
      end();
      return body(0);
    }

    synchronized End end() {
      await("the end", () -> end != null);
      return Objects.requireNonNull(end);
    }

    synchronized boolean isOver() {
      return end != null;
    }

    /** Takes no more of it from now on, and opens no window. */
    void stopReading() {
      channel().config().setAutoRead(false);
    }

    /** Tells the edge to send no more (STOP_SENDING). */
    void cancel() {
      channel().shutdownInput(0x10c);
    }
  }
}
