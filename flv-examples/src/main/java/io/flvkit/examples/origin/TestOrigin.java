package io.flvkit.examples.origin;

import io.flvkit.examples.FlvKitException;
import io.flvkit.examples.HostPort;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An origin for tests and demos, usable from a test in one line: {@code
 * TestOrigin.start(OriginOptions.builder().live("demo", file).build())}. Methods may be called from
 * any thread; the work is done on one event loop.
 */
public final class TestOrigin implements AutoCloseable {
  /** What may wait for one viewer; one further behind is closed. */
  static final int VIEWER_BYTES_MAX = 16 << 20;

  private static final int IDLE_SECONDS = 30;
  private static final int ADMIN_BODY_BYTES_MAX = 1 << 10;

  private final IoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("origin", true), NioIoHandler.newFactory());
  private final List<LoopReader> readers = new ArrayList<>();
  private final LiveStreams streams;
  private @Nullable Channel listener;
  private @Nullable Channel adminListener;

  private TestOrigin(LiveStreams streams) {
    this.streams = streams;
  }

  /**
   * Starts an origin that listens when this returns.
   *
   * @throws FlvKitException if an address is taken, or a file cannot be served
   */
  public static TestOrigin start(OriginOptions options) {
    InstantSource clock = options.stamp() ? InstantSource.system() : null;
    TestOrigin origin = new TestOrigin(new LiveStreams(clock));
    try {
      origin.open(options);
      return origin;
    } catch (RuntimeException e) {
      origin.close();
      throw e;
    }
  }

  private void open(OriginOptions options) {
    VodFiles files = vodFiles(options.vodDirectory());
    listener =
        bind(
            options.listen(),
            channel ->
                channel
                    .pipeline()
                    .addLast(new HttpServerCodec())
                    .addLast(new OriginHandler(streams, files)));
    if (options.admin() != null) {
      adminListener =
          bind(
              options.admin(),
              channel ->
                  channel
                      .pipeline()
                      .addLast(new HttpServerCodec())
                      .addLast(new HttpObjectAggregator(ADMIN_BODY_BYTES_MAX))
                      .addLast(new FaultHandler(streams)));
    }
    options.live().forEach(this::startLoop);
  }

  private static @Nullable VodFiles vodFiles(@Nullable Path directory) {
    try {
      return directory == null ? null : VodFiles.of(directory);
    } catch (IOException e) {
      throw FlvKitException.failed(directory + ": no such folder", e);
    }
  }

  private void startLoop(String name, Path file) {
    LoopReader reader = LoopReader.open(file);
    readers.add(reader);
    EventLoop loop = group.next();
    Runnable start =
        () -> {
          LiveStream stream = streams.open(name).orElseThrow();
          stream.header(reader.header());
          new FileLoop(loop, reader, stream, System::nanoTime).run();
        };
    loop.submit(start).syncUninterruptibly();
  }

  private Channel bind(InetSocketAddress address, Consumer<SocketChannel> pipeline) {
    ChannelHandler initializer =
        new ChannelInitializer<SocketChannel>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            channel.pipeline().addLast(new IdleStateHandler(0, 0, IDLE_SECONDS));
            pipeline.accept(channel);
          }
        };
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(VIEWER_BYTES_MAX / 2, VIEWER_BYTES_MAX))
            .childHandler(initializer)
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw FlvKitException.failed(
          "cannot listen on " + HostPort.print(address) + ": " + bound.cause().getMessage(),
          bound.cause());
    }
    return bound.channel();
  }

  /** Where viewers and publishers connect. */
  public InetSocketAddress address() {
    return localAddress(Objects.requireNonNull(listener));
  }

  /** Where faults are switched, if anywhere. */
  public Optional<InetSocketAddress> adminAddress() {
    return Optional.ofNullable(adminListener).map(TestOrigin::localAddress);
  }

  /** The URL of a path of this origin, such as {@code /live/demo.flv}. */
  public URI uri(String path) {
    return URI.create("http://" + HostPort.print(address()) + path);
  }

  /** As {@code POST /fault}; returns when it holds. False if there is no such stream to act on. */
  public boolean fault(String stream, Fault fault, long millis) {
    return onLoop(() -> streams.apply(stream, fault, millis));
  }

  /** How many viewers a stream has at this moment. */
  public int viewers(String stream) {
    return onLoop(() -> streams.find(stream).map(LiveStream::viewers).orElse(0));
  }

  private <T> T onLoop(Callable<T> work) {
    return group.next().submit(work).syncUninterruptibly().getNow();
  }

  private static InetSocketAddress localAddress(Channel channel) {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Closes every connection and the files. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    for (LoopReader reader : readers) {
      reader.close();
    }
  }
}
