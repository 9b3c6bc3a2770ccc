package io.flvkit.edge.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http3.DefaultHttp3SettingsFrame;
import io.netty.handler.codec.http3.Http3ServerConnectionHandler;
import io.netty.handler.codec.http3.Http3Settings;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.util.ReferenceCountUtil;

/** Puts together what a connection of HTTP/3 and its streams go through. */
final class H3Pipeline {
  private H3Pipeline() {}

  static void begin(QuicChannel channel, H3Connection connection) {
    HttpLimits limits = connection.limits();
    // Twice what is taken, so that a head a little too large is told so and not cut off.
    long fieldBytes = 2L * limits.headerBytes();
    Http3Settings settings =
        new Http3Settings()
            .maxFieldSectionSize(fieldBytes)
            .qpackMaxTableCapacity(0)
            .qpackBlockedStreams(0);
    channel
        .pipeline()
        .addLast(
            new Http3ServerConnectionHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel stream) {
                    beginRequest(stream, connection, fieldBytes);
                  }
                },
                new Ignored(connection),
                type -> new Ignored(connection),
                new DefaultHttp3SettingsFrame(settings),
                true))
        .addLast(connection);
  }

  private static void beginRequest(Channel stream, H3Connection connection, long fieldBytes) {
    H3Requests requests = new H3Requests(connection);
    stream.pipeline().addLast(requests);
    ChannelHandlerContext ctx = stream.pipeline().context(requests);
    stream
        .pipeline()
        .addFirst(
            new RequestBytes(fieldBytes + 2L * HttpLimits.BODY_BYTES, () -> requests.tooLong(ctx)));
  }

  /** Counts what a client says that nobody listens to. */
  private static final class Ignored extends ChannelInboundHandlerAdapter {
    private final H3Connection connection;

    Ignored(H3Connection connection) {
      this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      connection.count(H3Connection.Kind.IGNORED);
      ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // The codec closes the connection.
    }
  }
}
