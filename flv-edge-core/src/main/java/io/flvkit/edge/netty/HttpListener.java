package io.flvkit.edge.netty;

import io.flvkit.edge.http.EdgeHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One listening address and the connections that came by it. Thread-safe. */
public final class HttpListener {
  /** What connections hear of their listener. */
  enum Event {
    /** It accepts no more: connections end with what runs on them. */
    DRAINING
  }

  private final ConnectionGate gate;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private volatile @Nullable Channel channel;
  private volatile EdgeHandler handler;
  private volatile HttpLimits limits;
  private volatile boolean draining;
  private volatile @Nullable TlsContexts tls;
  private volatile boolean proxyHeader;

  HttpListener(EdgeHandler handler, HttpLimits limits, ConnectionGate gate) {
    this.handler = handler;
    this.limits = limits;
    this.gate = gate;
  }

  /** Answers requests that come from now on by that handler, on old connections too. */
  public void serve(EdgeHandler newHandler, HttpLimits newLimits) {
    handler = newHandler;
    limits = newLimits;
  }

  /** Shows these certificates to clients that connect from now on; null: clear text. */
  public void secure(@Nullable TlsContexts contexts) {
    tls = contexts;
  }

  /** From now on each connection must open with a PROXY header. */
  void requireProxyHeader() {
    proxyHeader = true;
  }

  EdgeHandler handler() {
    return handler;
  }

  void bound(Channel serverChannel) {
    channel = serverChannel;
  }

  /** The address bound, with the port that the system gave for port 0. */
  public InetSocketAddress address() {
    return (InetSocketAddress) Objects.requireNonNull(channel, "not bound").localAddress();
  }

  /** Connections open now. */
  public int connectionCount() {
    return connections.size();
  }

  /**
   * Lets another process of the same user listen on the same address from now on, where the system
   * has that (SO_REUSEPORT of Linux). Not before: two edges by mistake should not share a port.
   */
  public void shareAddress() {
    if (channel instanceof EpollServerSocketChannel server) {
      server.config().setReusePort(true);
    }
  }

  /**
   * Accepts no more; running responses go on, further requests on kept connections are refused with
   * 503.
   */
  public void drain() {
    draining = true;
    closeServer();
    connections.forEach(connection -> connection.pipeline().fireUserEventTriggered(Event.DRAINING));
  }

  /** Accepts no more and closes every connection. */
  public void close() {
    closeServer();
    connections.close();
  }

  private void closeServer() {
    Channel server = channel;
    if (server != null) {
      server.close();
    }
  }

  boolean isDraining() {
    return draining;
  }

  void accept(SocketChannel connection) {
    if (proxyHeader) {
      connections.add(connection);
      connection.pipeline().addLast(ProxyHeader.decoder()).addLast(new ProxyHeader(this));
    } else {
      admit(connection);
    }
  }

  /** The client's address is known: it may come in, or not. */
  void admit(Channel connection) {
    InetAddress peer = Addresses.peer(connection);
    ConnectionGate.Entry entry = gate.enter(peer);
    switch (entry) {
      case ADMITTED -> connection.closeFuture().addListener(closed -> gate.leave(peer));
      case SURPLUS -> connection.closeFuture().addListener(closed -> gate.leaveSurplus());
      case CLOSED -> {
        connection.close();
        return;
      }
    }
    connections.add(connection);
    boolean surplus = entry == ConnectionGate.Entry.SURPLUS;
    TlsContexts contexts = tls;
    if (contexts == null) {
      HttpLimits now = limits;
      connection
          .pipeline()
          .addLast(new HeadDeadline(now))
          .addLast(new FirstBytes(this, now, surplus));
    } else {
      connection
          .pipeline()
          .addLast(new TlsEntry(contexts))
          .addLast(new ProtocolChoice(this, surplus));
    }
  }

  void limitHit(String limit) {
    gate.limitHit(limit);
  }

  /** Ends a pipeline by the protocol that ALPN found; HTTP/1 if the client knows nothing of it. */
  void speak(@Nullable String protocol, ChannelPipeline pipeline, boolean surplus) {
    HttpLimits now = limits;
    if (ApplicationProtocolNames.HTTP_2.equals(protocol)) {
      pipeline.addLast(H2Requests.handler(this, now, surplus));
    } else {
      pipeline.addLast(new HeadDeadline(now));
      speakHttp1(pipeline, now, surplus);
    }
  }

  /** Ends a pipeline, which has a {@link HeadDeadline}, by HTTP/1. */
  void speakHttp1(ChannelPipeline pipeline, HttpLimits now, boolean surplus) {
    HttpDecoderConfig decoder =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(HttpLimits.REQUEST_LINE_BYTES)
            .setMaxHeaderSize(now.headerBytes());
    pipeline.addLast(new HttpServerCodec(decoder)).addLast(new Http1Connection(this, now, surplus));
  }
}
