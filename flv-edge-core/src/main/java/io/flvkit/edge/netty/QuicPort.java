package io.flvkit.edge.netty;

import io.flvkit.edge.EdgeException;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicCodecDispatcher;
import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The UDP port of a listener, for HTTP/3. Where several sockets can share a port (SO_REUSEPORT)
 * each event loop has one, and connections stay with the loop of their first packet: their ids name
 * it, so that a client whose address changes is found again.
 */
final class QuicPort extends QuicCodecDispatcher {
  /** Fits every path of the internet that is known to work, with room for tunnels. */
  private static final int DATAGRAM_BYTES = 1_350;

  /** Longest datagram taken: what an Ethernet carries. */
  private static final int RECEIVED_BYTES = 1_500;

  /** Datagrams that the system takes by one call, to cut them apart as late as it can. */
  private static final int SEGMENTS = 32;

  /** Connections that write in one round of the loop are sent together, at most so many. */
  private static final int FLUSHES = 256;

  /** What may wait for the socket: the windows of all connections bound it, this does not. */
  private static final WriteBufferWaterMark WATER_MARKS =
      new WriteBufferWaterMark(4 << 20, 16 << 20);

  /** A request's body is thrown away: there is no use for more of it on its way. */
  private static final int STREAM_WINDOW_BYTES = HttpLimits.BODY_BYTES;

  private static final int CONNECTION_WINDOW_BYTES = 16 * HttpLimits.BODY_BYTES;

  private static final int TOKEN_KEY_BYTES = 32;

  private final HttpListener listener;
  private final boolean epoll;
  private final byte[] tokenKey = new byte[TOKEN_KEY_BYTES];
  private final ChannelGroup sockets = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  private QuicPort(HttpListener listener, boolean epoll) {
    this.listener = listener;
    this.epoll = epoll;
    new SecureRandom().nextBytes(tokenKey);
  }

  /**
   * Opens the port.
   *
   * @throws EdgeException if it is taken, or QUIC does not load here
   */
  static QuicPort open(
      HttpListener listener, InetSocketAddress address, List<EventLoop> loops, boolean epoll) {
    if (!Quic.isAvailable()) {
      throw new EdgeException(
          "cannot serve HTTP/3: the native library for QUIC does not load here",
          Quic.unavailabilityCause());
    }
    QuicPort port = new QuicPort(listener, epoll);
    for (EventLoop loop : epoll ? loops : loops.subList(0, 1)) {
      ChannelFuture bound = port.bind(loop, address);
      if (!bound.isSuccess()) {
        port.close();
        throw new EdgeException(
            "cannot listen on %s/udp: %s"
                .formatted(Addresses.text(address), Addresses.reason(bound.cause())),
            bound.cause());
      }
      port.sockets.add(bound.channel());
    }
    return port;
  }

  private ChannelFuture bind(EventLoop loop, InetSocketAddress address) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
            .handler(this);
    if (epoll) {
      bootstrap.option(EpollChannelOption.SO_REUSEPORT, true);
    }
    return bootstrap.bind(address).awaitUninterruptibly();
  }

  @Override
  protected void initChannel(Channel socket, int idBytes, QuicConnectionIdGenerator ids) {
    HttpLimits limits = listener.limits();
    QuicServerCodecBuilder codec =
        Http3.newQuicServerCodecBuilder()
            .localConnectionIdLength(idBytes)
            .connectionIdAddressGenerator(ids)
            .tokenHandler(
                new QuicTokens(tokenKey, System::nanoTime, () -> listener.limitHit("http3Tokens")))
            .sslEngineProvider(client -> listener.quicContext().newEngine(client.alloc()))
            .maxIdleTimeout(limits.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .maxSendUdpPayloadSize(DATAGRAM_BYTES)
            .maxRecvUdpPayloadSize(RECEIVED_BYTES)
            .initialMaxData(CONNECTION_WINDOW_BYTES)
            .initialMaxStreamDataBidirectionalRemote(STREAM_WINDOW_BYTES)
            .initialMaxStreamsBidirectional(HttpLimits.STREAMS)
            .handler(
                new ChannelInitializer<QuicChannel>() {
                  @Override
                  protected void initChannel(QuicChannel client) {
                    listener.accept(client);
                  }
                });
    if (epoll) {
      codec.option(
          QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
          EpollQuicUtils.newSegmentedAllocator(SEGMENTS));
    }
    socket.pipeline().addFirst(new FlushConsolidationHandler(FLUSHES, true)).addLast(codec.build());
  }

  /** Closes the sockets, and with them what connections are left. */
  ChannelGroupFuture close() {
    return sockets.close();
  }
}
