package io.flvkit.edge.netty;

import io.flvkit.buffer.SegmentAllocator;
import io.flvkit.edge.EdgeException;
import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginConnector;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of an edge, and what is opened on them. Native epoll where it loads, else NIO.
 */
public final class NettyTransport implements AutoCloseable {
  private static final int BACKLOG = 4096;

  private final boolean epoll = Epoll.isAvailable();
  private final HostNames names = new HostNames();
  private final OriginTls tls = new OriginTls();
  private final Map<EventLoop, IdleOrigins> idleOrigins = new HashMap<>();
  private final EventLoopGroup group;
  private final List<EventLoop> eventLoops = new ArrayList<>();
  private final SegmentAccount segments = new SegmentAccount();

  /**
   * Starts the loops.
   *
   * @param threads number of event loops, at least 1
   */
  public NettyTransport(int threads) {
    group =
        new MultiThreadIoEventLoopGroup(
            threads,
            new DefaultThreadFactory("flvkit-loop", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    for (int i = 0; i < threads; i++) {
      EventLoop loop = group.next();
      eventLoops.add(loop);
      idleOrigins.put(loop, new IdleOrigins());
    }
  }

  /** The loops, one a thread. */
  public List<Loop> loops() {
    return eventLoops.stream().map(loop -> (Loop) new NettyLoop(loop)).toList();
  }

  /** Memory for windows whose viewers are connections of this transport. */
  public SegmentAllocator segmentAllocator() {
    return NettyMemory.allocator(segments);
  }

  /** What windows and writes of their viewers hold of that memory now. */
  public long segmentBytes() {
    return segments.bytes();
  }

  /** Opens pulls over sockets. */
  public OriginConnector connector() {
    return connector(millis -> {});
  }

  /**
   * Opens pulls over sockets.
   *
   * @param onConnected told how long a connection took, look-up of the name included, milliseconds
   */
  public OriginConnector connector(LongConsumer onConnected) {
    return (loop, request, listener) -> {
      EventLoop eventLoop = ((NettyLoop) loop).eventLoop();
      return new NettyPull(
              eventLoop,
              epoll ? EpollSocketChannel.class : NioSocketChannel.class,
              names,
              tls,
              Objects.requireNonNull(idleOrigins.get(eventLoop), "a loop of this transport"),
              onConnected,
              request,
              listener)
          .start();
    };
  }

  /** Listens in clear text, to clients that come without a proxy; else as the other method. */
  public HttpListener listen(
      InetSocketAddress address, EdgeHandler handler, HttpLimits limits, ConnectionGate gate) {
    return listen(address, null, false, handler, limits, gate);
  }

  /**
   * Listens on an address.
   *
   * @param address port 0 takes a free one
   * @param tls the certificates; null: clear text
   * @param proxyHeader whether each connection must open with a PROXY header
   * @throws EdgeException if the address cannot be bound, with the reason in one line
   */
  public HttpListener listen(
      InetSocketAddress address,
      @Nullable TlsContexts tls,
      boolean proxyHeader,
      EdgeHandler handler,
      HttpLimits limits,
      ConnectionGate gate) {
    HttpListener listener = new HttpListener(handler, limits, gate);
    listener.secure(tls);
    if (proxyHeader) {
      listener.requireProxyHeader();
    }
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    listener.accept(channel);
                  }
                });
    if (epoll) {
      bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) limits.unsentBytes());
    } else {
      bootstrap.childOption(ChannelOption.SO_SNDBUF, limits.unsentBytes());
    }
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess() && epoll) {
      // Perhaps of an edge that drains: it shares its address with its successor.
      bootstrap.option(EpollChannelOption.SO_REUSEPORT, true);
      bound = bootstrap.bind(address).awaitUninterruptibly();
    }
    if (!bound.isSuccess()) {
      Throwable cause = bound.cause();
      throw new EdgeException(
          "cannot listen on %s: %s".formatted(Addresses.text(address), Addresses.reason(cause)),
          cause);
    }
    listener.bound(bound.channel());
    return listener;
  }

  /**
   * Serves by HTTP/3 too, at the UDP port of the listener's number.
   *
   * @throws EdgeException if that port is taken, or QUIC does not load here
   */
  public void listenToQuic(HttpListener listener) {
    InetSocketAddress address = listener.address();
    listener.bound(QuicPort.open(listener, address, eventLoops, epoll), address.getPort());
  }

  private Class<? extends ServerChannel> serverChannel() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /** Ends the loops; connections still open are closed. Waits at most two seconds. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    segments.look();
  }

  /** The loop of a channel. */
  static Loop loopOf(Channel channel) {
    return new NettyLoop(channel.eventLoop());
  }
}
