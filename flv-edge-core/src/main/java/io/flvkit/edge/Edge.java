package io.flvkit.edge;

import io.flvkit.edge.admin.AdminHandler;
import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.live.LiveEvents;
import io.flvkit.edge.live.LiveService;
import io.flvkit.edge.netty.HttpLimits;
import io.flvkit.edge.netty.HttpListener;
import io.flvkit.edge.netty.NettyTransport;
import io.flvkit.edge.routing.Routing;
import io.flvkit.edge.vod.DiskThreads;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A running edge: the listeners of its configuration, and the services behind them. Thread-safe.
 *
 * <pre>{@code
 * EdgeConfig config =
 *     EdgeConfig.builder()
 *         .listen("127.0.0.1", 8080)
 *         .live(LiveConfig.of("/live/", "http://127.0.0.1:9000/live/"))
 *         .build();
 * try (Edge edge = Edge.start(config)) {
 *   edge.listeners().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class Edge implements AutoCloseable {
  private final NettyTransport transport;
  private final LiveService live;
  private final ExecutorService disk = DiskThreads.create();
  private final List<BoundListener> bound = new ArrayList<>();
  private final List<HttpListener> viewers = new ArrayList<>();
  private final EdgeConfig config;
  private final RandomGenerator random = new SecureRandom();
  private @Nullable HttpListener admin;
  private volatile boolean ready;

  private Edge(EdgeConfig config) {
    this.config = config;
    this.transport = new NettyTransport(Runtime.getRuntime().availableProcessors());
    this.live =
        new LiveService(
            transport.loops(),
            transport.connector(),
            transport.segmentAllocator(),
            InstantSource.system(),
            random,
            config.limits().viewersPerStream(),
            new LiveEvents() {});
  }

  /**
   * Opens all listeners and serves.
   *
   * @throws EdgeException if a listener cannot be opened; nothing is left behind then
   */
  public static Edge start(EdgeConfig config) {
    Edge edge = new Edge(config);
    try {
      edge.open();
    } catch (RuntimeException e) {
      edge.close();
      throw e;
    }
    return edge;
  }

  private void open() {
    EdgeHandler handler = Routing.handler(config, live, transport.connector(), disk, random);
    HttpLimits limits = limits();
    for (ListenConfig address : config.listen()) {
      viewers.add(listen("http", address.address(), address.port(), handler, limits));
    }
    AdminConfig adminConfig = config.admin();
    if (adminConfig != null) {
      EdgeHandler adminHandler = new AdminHandler(live, () -> ready, adminConfig.token());
      admin = listen("admin", adminConfig.address(), adminConfig.port(), adminHandler, limits);
    }
    ready = true;
  }

  private HttpListener listen(
      String kind, String address, int port, EdgeHandler handler, HttpLimits limits) {
    HttpListener listener = transport.listen(new InetSocketAddress(address, port), handler, limits);
    bound.add(new BoundListener(kind, listener.address()));
    return listener;
  }

  private HttpLimits limits() {
    LimitsConfig limits = config.limits();
    HttpLimits defaults = HttpLimits.defaults();
    return new HttpLimits(
        limits.headerBytes(),
        limits.headerTimeout(),
        defaults.idleTimeout(),
        defaults.writeTimeout(),
        defaults.sendBufferBytes(),
        limits.connections(),
        limits.connectionsPerIp());
  }

  /** Where this edge listens, in the order of the configuration, the admin listener last. */
  public List<BoundListener> listeners() {
    return List.copyOf(bound);
  }

  /**
   * Stops in good order: not ready any more at once, listeners closed after {@code drainDelay},
   * running responses ended after {@code drainTimeout} at the latest. The stage completes when all
   * is closed.
   */
  public CompletionStage<Void> drain() {
    ready = false;
    return new Drain(viewers, live, transport.loops().get(0))
        .start(config.drainDelay(), config.drainTimeout())
        .thenRunAsync(this::close, task -> new Thread(task, "flvkit-stop").start());
  }

  /** Stops at once: every connection is closed, live viewers are reset. */
  @Override
  public void close() {
    ready = false;
    live.close();
    viewers.forEach(HttpListener::close);
    if (admin != null) {
      admin.close();
    }
    transport.close();
    disk.shutdown();
  }
}
