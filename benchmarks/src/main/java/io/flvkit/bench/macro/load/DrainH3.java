package io.flvkit.bench.macro.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@link Drain} by HTTP/3. Arguments: the port, the path, how many viewers, how many of them share
 * a connection, for how many seconds.
 */
public final class DrainH3 {
  private static final long WINDOW_BYTES = 16L << 20;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final AtomicLong bytes = new AtomicLong();
  private final List<QuicChannel> connections = new CopyOnWriteArrayList<>();
  private final InetSocketAddress edge;
  private final QuicSslContext tls =
      QuicSslContextBuilder.forClient()
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .applicationProtocols("h3")
          .build();

  private DrainH3(int port) {
    edge = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Prints the bytes taken. */
  public static void main(String[] arguments) throws Exception {
    DrainH3 drain = new DrainH3(Integer.parseInt(arguments[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(drain::close));
    int viewers = Integer.parseInt(arguments[2]);
    int shared = Integer.parseInt(arguments[3]);
    for (int i = 0; i < viewers; i += shared) {
      QuicChannel connection = drain.connect();
      for (int j = 0; j < shared; j++) {
        drain.watch(connection, arguments[1]);
      }
    }
    long before = drain.bytes.get();
    TimeUnit.SECONDS.sleep(Long.parseLong(arguments[4]));
    long taken = drain.bytes.get() - before;
    System.out.println("bytes " + taken);
    if (taken == 0) {
      throw new IOException("nothing came");
    }
  }

  private QuicChannel connect() throws Exception {
    ChannelHandler codec =
        Http3.newQuicClientCodecBuilder()
            .sslEngineProvider(
                channel -> tls.newEngine(channel.alloc(), "localhost", edge.getPort()))
            .maxIdleTimeout(20, TimeUnit.SECONDS)
            .initialMaxData(4 * WINDOW_BYTES)
            .initialMaxStreamDataBidirectionalLocal(WINDOW_BYTES)
            .build();
    Channel socket =
        new Bootstrap()
            .group(loop)
            .channel(EpollDatagramChannel.class)
            .handler(codec)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    QuicChannel connection =
        QuicChannel.newBootstrap(socket)
            .handler(new Http3ClientConnectionHandler())
            .remoteAddress(edge)
            .connect()
            .sync()
            .getNow();
    connections.add(connection);
    return connection;
  }

  /** Otherwise the edge would go on sending until they are idle for too long. */
  private void close() {
    for (QuicChannel connection : connections) {
      connection.close();
    }
    loop.shutdownGracefully(100, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(3_000);
  }

  private void watch(QuicChannel connection, String path) throws Exception {
    QuicStreamChannel stream = Http3.newRequestStream(connection, new Counter()).sync().getNow();
    Http3Headers head = new DefaultHttp3Headers();
    head.method("GET").path(path).scheme("https").authority("localhost:" + edge.getPort());
    stream
        .writeAndFlush(new DefaultHttp3HeadersFrame(head))
        .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
  }

  private final class Counter extends Http3RequestStreamInboundHandler {
    @Override
    protected void channelRead(ChannelHandlerContext ctx, Http3HeadersFrame frame) {}

    @Override
    protected void channelRead(ChannelHandlerContext ctx, Http3DataFrame frame) {
      bytes.addAndGet(frame.content().readableBytes());
      frame.release();
    }

    @Override
    protected void channelInputClosed(ChannelHandlerContext ctx) {}
  }
}
