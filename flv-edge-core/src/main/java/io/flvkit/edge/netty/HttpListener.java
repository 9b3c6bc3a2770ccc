package io.flvkit.edge.netty;

import io.flvkit.edge.http.EdgeHandler;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One listening address and the connections that came by it. Thread-safe. */
public final class HttpListener {
  private final EdgeHandler handler;
  private final HttpLimits limits;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private volatile @Nullable Channel channel;
  private volatile boolean draining;

  HttpListener(EdgeHandler handler, HttpLimits limits) {
    this.handler = handler;
    this.limits = limits;
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
   * Accepts no more; running responses go on, further requests on kept connections are refused with
   * 503.
   */
  public void drain() {
    draining = true;
    closeServer();
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
    if (limits.connections() > 0 && connections.size() >= limits.connections()) {
      connection.close();
      return;
    }
    connections.add(connection);
    HttpDecoderConfig decoder =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(HttpLimits.REQUEST_LINE_BYTES)
            .setMaxHeaderSize(limits.headerBytes());
    HttpServerCodec codec = new HttpServerCodec(decoder);
    connection
        .pipeline()
        .addLast(new HeadDeadline(limits))
        .addLast(codec)
        .addLast(new Http1Connection(this, handler, limits));
  }
}
