package io.flvkit.edge.netty;

import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.http.EdgeResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContext;
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

  /** How long clients may remember that there is HTTP/3. */
  private static final int ALT_SVC_SECONDS = 86_400;

  /** An error of QUIC (RFC 9000, section 20.1). */
  private static final int CONNECTION_REFUSED = 2;

  private static final long QUIC_CLOSE_MILLIS = 500;

  private final ConnectionGate gate;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private volatile @Nullable Channel channel;
  private volatile EdgeHandler handler;
  private volatile HttpLimits limits;
  private volatile @Nullable Acceptance acceptance;
  private volatile boolean draining;
  private volatile @Nullable TlsContexts tls;
  private volatile boolean proxyHeader;
  private volatile @Nullable QuicPort quic;
  private volatile @Nullable String altSvc;

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

  HttpLimits limits() {
    return limits;
  }

  /** The certificates for HTTP/3. */
  QuicSslContext quicContext() {
    return Objects.requireNonNull(tls, "HTTP/3 has certificates").quic();
  }

  /** Serves by HTTP/3 too, and says so to clients that come otherwise. */
  void bound(QuicPort port, int number) {
    quic = port;
    altSvc = "h3=\":%d\"; ma=%d".formatted(number, ALT_SVC_SECONDS);
  }

  /** The response, with a word on where else it could be had. */
  EdgeResponse announcing(EdgeResponse response) {
    String elsewhere = altSvc;
    return elsewhere == null || draining ? response : response.with("Alt-Svc", elsewhere);
  }

  void bound(Channel serverChannel) {
    channel = serverChannel;
    acceptance = new Acceptance(serverChannel, gate);
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
   * Accepts no more than what has come before; running responses go on, further requests on kept
   * connections are refused with 503. The port of HTTP/3 stays open, because its connections live
   * on it.
   */
  public void drain() {
    draining = true;
    Acceptance running = acceptance;
    if (running != null) {
      running.closeWhenEmpty();
    }
    connections.forEach(connection -> connection.pipeline().fireUserEventTriggered(Event.DRAINING));
  }

  /** Accepts no more and closes every connection. */
  public void close() {
    closeServer();
    ChannelGroupFuture closing = connections.close();
    QuicPort port = quic;
    if (port != null) {
      // Its connections say goodbye by its sockets, which give memory back while their loops run.
      closing.awaitUninterruptibly(QUIC_CLOSE_MILLIS);
      port.close().awaitUninterruptibly(QUIC_CLOSE_MILLIS);
    }
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
    Acceptance running = acceptance;
    if (running != null) {
      running.accepted();
    }
    if (proxyHeader) {
      connections.add(connection);
      connection.pipeline().addLast(ProxyHeader.decoder()).addLast(new ProxyHeader(this));
    } else {
      admit(connection);
    }
  }

  /** A client of HTTP/3 that has shown to be at its address. */
  void accept(QuicChannel connection) {
    if (draining) {
      connection.close(false, CONNECTION_REFUSED, Unpooled.EMPTY_BUFFER);
      return;
    }
    InetAddress peer = Addresses.peer(connection.remoteSocketAddress());
    ConnectionGate.Entry entry = enter(connection, peer);
    if (entry != ConnectionGate.Entry.CLOSED) {
      boolean surplus = entry == ConnectionGate.Entry.SURPLUS;
      H3Pipeline.begin(connection, new H3Connection(this, limits, connection, surplus));
    }
  }

  /** The client's address is known: it may come in, or not. */
  void admit(Channel connection) {
    ConnectionGate.Entry entry = enter(connection, Addresses.peer(connection));
    if (entry != ConnectionGate.Entry.CLOSED) {
      beginTcp(connection, entry == ConnectionGate.Entry.SURPLUS);
    }
  }

  private ConnectionGate.Entry enter(Channel connection, InetAddress peer) {
    ConnectionGate.Entry entry = gate.enter(peer);
    switch (entry) {
      case ADMITTED -> connection.closeFuture().addListener(closed -> gate.leave(peer));
      case SURPLUS -> connection.closeFuture().addListener(closed -> gate.leaveSurplus());
      case CLOSED -> {
        connection.close();
        return entry;
      }
    }
    connections.add(connection);
    return entry;
  }

  private void beginTcp(Channel connection, boolean surplus) {
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
