package io.flvkit.edge.netty;

import io.flvkit.edge.http.Headers;
import io.flvkit.edge.origin.OriginPull;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.edge.origin.PullFailure;
import io.flvkit.edge.origin.PullListener;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One request to an origin over HTTP/1.1, redirects to known hosts followed. Takes an idle
 * connection where there is one and leaves its own behind when the answer is complete. Confined to
 * its loop.
 */
final class NettyPull implements OriginPull {
  private static final int REDIRECTS_MAX = 3;
  private static final int HEADER_BYTES = 32 * 1024;

  /** Reads of at most 64 KiB before what came goes on: viewers wait for the first, not for all. */
  private static final int READS_AT_ONCE = 2;

  private final EventLoop loop;
  private final Class<? extends Channel> channelType;
  private final HostNames names;
  private final OriginTls tls;
  private final IdleOrigins idle;
  private final LongConsumer onConnected;
  private final OriginRequest request;
  private final PullListener listener;
  private @Nullable Channel channel;
  private int redirects;
  private boolean over;

  NettyPull(
      EventLoop loop,
      Class<? extends Channel> channelType,
      HostNames names,
      OriginTls tls,
      IdleOrigins idle,
      LongConsumer onConnected,
      OriginRequest request,
      PullListener listener) {
    this.loop = loop;
    this.channelType = channelType;
    this.names = names;
    this.tls = tls;
    this.idle = idle;
    this.onConnected = onConnected;
    this.request = request;
    this.listener = listener;
  }

  NettyPull start() {
    loop.execute(() -> ask(request.uri()));
    return this;
  }

  @Override
  public void cancel() {
    over = true;
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void read(boolean wanted) {
    if (channel != null) {
      channel.config().setAutoRead(wanted);
    }
  }

  private void ask(URI uri) {
    Channel kept = over ? null : idle.take(place(uri));
    if (kept == null) {
      connect(uri);
    } else {
      channel = kept;
      kept.pipeline().addLast(new Exchange(uri, true));
    }
  }

  private IdleOrigins.Place place(URI uri) {
    return new IdleOrigins.Place(isHttps(uri), uri.getHost(), port(uri), request.authorities());
  }

  private void connect(URI uri) {
    long startNanos = System.nanoTime();
    int timeoutMillis = (int) Math.min(Integer.MAX_VALUE, request.connectTimeout().toMillis());
    names
        .resolve(uri.getHost(), timeoutMillis)
        .whenComplete(
            (address, failure) ->
                new NettyLoop(loop)
                    .run(
                        () -> {
                          if (failure instanceof TimeoutException) {
                            fail(PullFailure.CONNECT_TIMEOUT, "no address of " + uri.getHost());
                          } else if (failure != null) {
                            fail(PullFailure.CONNECT_FAILED, "unknown host " + uri.getHost());
                          } else {
                            connect(uri, address, timeoutMillis, startNanos);
                          }
                        }));
  }

  private void connect(URI uri, InetAddress address, int timeoutMillis, long startNanos) {
    if (over) {
      return;
    }
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(channelType)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(READS_AT_ONCE))
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    if (isHttps(uri)) {
                      connection.pipeline().addLast(handshake(connection, uri, timeoutMillis));
                    }
                    connection
                        .pipeline()
                        .addLast(
                            new HttpClientCodec(
                                new HttpDecoderConfig().setMaxHeaderSize(HEADER_BYTES),
                                false,
                                false))
                        .addLast(new Exchange(uri, false));
                  }
                })
            .connect(new InetSocketAddress(address, port(uri)));
    channel = connecting.channel();
    connecting.addListener(
        future -> {
          if (future.isSuccess()) {
            onConnected.accept((System.nanoTime() - startNanos) / 1_000_000);
          } else {
            Throwable cause = future.cause();
            fail(
                cause instanceof ConnectTimeoutException
                    ? PullFailure.CONNECT_TIMEOUT
                    : PullFailure.CONNECT_FAILED,
                Addresses.reason(cause));
          }
        });
  }

  private ChannelHandler handshake(Channel connection, URI uri, int timeoutMillis) {
    SslHandler handler =
        tls.handler(connection, uri.getHost(), port(uri), request.authorities(), timeoutMillis);
    handler
        .handshakeFuture()
        .addListener(
            future -> {
              if (!future.isSuccess()) {
                fail(
                    future.cause() instanceof SslHandshakeTimeoutException
                        ? PullFailure.CONNECT_TIMEOUT
                        : PullFailure.CONNECT_FAILED,
                    "TLS: " + Addresses.reason(future.cause()));
              }
            });
    return handler;
  }

  private void fail(PullFailure failure, String detail) {
    if (!over) {
      over = true;
      if (channel != null) {
        channel.close();
      }
      listener.failed(failure, detail);
    }
  }

  /** The answer is complete; the connection is not this one's any more. */
  private void end(Exchange exchange, URI uri, boolean reusable) {
    if (over) {
      return;
    }
    over = true;
    Channel done = channel;
    channel = null;
    if (done != null && reusable) {
      done.pipeline().remove(exchange);
      idle.keep(place(uri), done);
    } else if (done != null) {
      done.close();
    }
    listener.ended();
  }

  static int port(URI uri) {
    return uri.getPort() < 0 ? isHttps(uri) ? 443 : 80 : uri.getPort();
  }

  static boolean isHttps(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  private static String hostField(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  /** Sends the request when connected, and hands on what comes back. */
  private final class Exchange extends ChannelInboundHandlerAdapter {
    private final URI uri;
    private final boolean reused;
    private boolean left;
    private boolean closeDelimited;
    private boolean reusable;
    private boolean heard;
    private boolean answered;

    Exchange(URI uri, boolean reused) {
      this.uri = uri;
      this.reused = reused;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      if (reused) {
        send(ctx);
      }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      send(ctx);
    }

    private void send(ChannelHandlerContext ctx) {
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
      DefaultFullHttpRequest message =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1, HttpMethod.valueOf(request.method()), target);
      message.headers().set(HttpHeaderNames.HOST, hostField(uri));
      boolean elsewhere = !place(uri).equals(place(request.uri()));
      request
          .headers()
          .forEach(
              (name, value) -> {
                if (!elsewhere || RedirectPolicy.travels(name)) {
                  message.headers().set(name, value);
                }
              });
      ctx.writeAndFlush(message);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      try {
        if (over || left) {
          return;
        }
        heard = true;
        if (message instanceof HttpResponse response) {
          onHead(response);
        }
        if (message instanceof HttpContent content && !over && !left && answered) {
          onContent(content);
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    private void onHead(HttpResponse response) {
      if (response.decoderResult().isFailure()) {
        fail(PullFailure.BROKEN_STREAM, "the answer is not HTTP");
        return;
      }
      int status = response.status().code();
      if (status < 200) {
        return;
      }
      String location = response.headers().get(HttpHeaderNames.LOCATION);
      if (status >= 300 && status < 400 && status != 304) {
        redirect(status, location);
        return;
      }
      answered = true;
      boolean bodyless = status == 204 || status == 304 || request.method().equals("HEAD");
      closeDelimited =
          !bodyless
              && !response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
              && !response.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
      reusable = !closeDelimited && HttpUtil.isKeepAlive(response);
      Headers.Builder headers = Headers.builder();
      response.headers().forEach(field -> headers.add(field.getKey(), field.getValue()));
      listener.answered(status, headers.build());
    }

    private void redirect(int status, @Nullable String location) {
      if (location == null || ++redirects > REDIRECTS_MAX) {
        fail(PullFailure.STATUS, "redirect " + status + " without an end");
        return;
      }
      URI target = RedirectPolicy.target(uri, location, request);
      if (target == null) {
        fail(PullFailure.STATUS, "redirect " + status + " to a host that is not configured");
        return;
      }
      leave();
      ask(target);
    }

    private void onContent(HttpContent content) {
      if (content.decoderResult().isFailure()) {
        fail(PullFailure.RESET, "broken chunk framing");
        return;
      }
      for (ByteBuffer piece : content.content().nioBuffers()) {
        if (!over) {
          listener.received(piece);
        }
      }
      if (content instanceof LastHttpContent) {
        end(this, uri, reusable);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      lost(closeDelimited ? "the connection broke" : "the connection closed before the end");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      lost(Addresses.reason(cause));
    }

    /** An origin may close an idle connection just when a request is on its way to it. */
    private void lost(String detail) {
      if (left || over) {
        return;
      }
      if (reused && !heard) {
        leave();
        connect(uri);
      } else {
        fail(PullFailure.RESET, detail);
      }
    }

    private void leave() {
      left = true;
      if (channel != null) {
        channel.close();
        channel = null;
      }
    }
  }
}
