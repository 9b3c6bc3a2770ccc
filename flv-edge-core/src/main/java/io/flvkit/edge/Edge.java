package io.flvkit.edge;

import io.flvkit.edge.admin.AdminHandler;
import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.live.LiveService;
import io.flvkit.edge.log.AccessLog;
import io.flvkit.edge.log.JsonAccessLog;
import io.flvkit.edge.metrics.EdgeMetrics;
import io.flvkit.edge.netty.ConnectionGate;
import io.flvkit.edge.netty.HttpLimits;
import io.flvkit.edge.netty.HttpListener;
import io.flvkit.edge.netty.NettyTransport;
import io.flvkit.edge.netty.TlsContexts;
import io.flvkit.edge.routing.Routing;
import io.flvkit.edge.vod.DiskThreads;
import io.flvkit.edge.vod.VodCaches;
import io.flvkit.edge.vod.VodMounts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  /** The most that the end of all streams may hold up the end of the edge. */
  private static final long LIVE_CLOSE_MILLIS = 500;

  /** The most that slices being written may. */
  private static final long DISK_CLOSE_MILLIS = 500;

  private final EdgeMetrics metrics = new EdgeMetrics(EdgeVersion.get());
  private final RandomGenerator random = new SecureRandom();
  private final NettyTransport transport;
  private final ExecutorService disk = DiskThreads.create();
  private final ExecutorService seekers = DiskThreads.create("flvkit-seek");
  private final VodCaches caches = new VodCaches(disk);
  private final VodMounts files = new VodMounts(caches, disk);
  private final LiveService live;
  private final ConnectionGate gate;
  private final AccessLog log;
  private final List<BoundListener> bound = new ArrayList<>();
  private final List<HttpListener> viewers = new ArrayList<>();
  private @Nullable HttpListener admin;
  private volatile EdgeConfig config;
  private volatile boolean ready;

  private Edge(EdgeConfig config) {
    this.config = config;
    this.log = openLog(config.accessLog(), metrics);
    this.transport = new NettyTransport(Runtime.getRuntime().availableProcessors());
    this.gate = new ConnectionGate(metrics::limitHit);
    metrics.cacheBytes(caches::bytes);
    this.live =
        new LiveService(
            transport.loops(),
            transport.connector(metrics::originConnected),
            transport.segmentAllocator(),
            transport::segmentBytes,
            InstantSource.system(),
            random,
            Routing.meteredStreams(metrics));
  }

  /**
   * Opens all listeners and serves.
   *
   * @throws EdgeException if a listener or the access log cannot be opened; nothing is left behind
   */
  public static Edge start(EdgeConfig config) {
    return start(config, edge -> {});
  }

  /**
   * As {@link #start(EdgeConfig)}.
   *
   * @param whenReady called when the listeners are open, before the first line of the access log
   */
  public static Edge start(EdgeConfig config, Consumer<Edge> whenReady) {
    Edge edge = new Edge(config);
    try {
      edge.open();
      whenReady.accept(edge);
    } catch (RuntimeException e) {
      edge.close();
      throw e;
    }
    if (edge.log instanceof JsonAccessLog file) {
      file.start();
    }
    return edge;
  }

  private static AccessLog openLog(@Nullable String target, EdgeMetrics metrics) {
    if (target == null) {
      return AccessLog.NONE;
    }
    try {
      return JsonAccessLog.open(target, System.out, () -> metrics.limitHit("accessLog"));
    } catch (IOException e) {
      throw new EdgeException("cannot open the access log " + target + ": " + e.getMessage(), e);
    }
  }

  private void open() {
    applyLimits();
    EdgeHandler handler = handler();
    for (ListenConfig address : config.listen()) {
      viewers.add(listen(address, handler, gate));
    }
    AdminConfig adminConfig = config.admin();
    if (adminConfig != null) {
      admin =
          listen(
              "admin",
              new ListenConfig(adminConfig.address(), adminConfig.port()),
              new AdminHandler(live, files, metrics, () -> ready, adminConfig.token()),
              ConnectionGate.open());
    }
    ready = true;
  }

  private EdgeHandler handler() {
    return Routing.handler(
        config,
        live,
        transport.connector(metrics::originConnected),
        disk,
        seekers,
        files,
        metrics,
        log,
        random);
  }

  private HttpListener listen(
      ListenConfig address, EdgeHandler handler, ConnectionGate connections) {
    return listen(address.tls() == null ? "http" : "https", address, handler, connections);
  }

  private HttpListener listen(
      String kind, ListenConfig address, EdgeHandler handler, ConnectionGate connections) {
    HttpListener listener =
        transport.listen(
            new InetSocketAddress(address.address(), address.port()),
            contextsOf(address),
            address.proxyProtocol(),
            handler,
            HttpLimits.of(config),
            connections);
    bound.add(new BoundListener(kind, listener.address()));
    if (address.http3()) {
      transport.listenToQuic(listener);
      bound.add(new BoundListener("h3", listener.address()));
    }
    return listener;
  }

  private static @Nullable TlsContexts contextsOf(ListenConfig address) {
    TlsConfig tls = address.tls();
    return tls == null ? null : TlsContexts.of(tls, address.http3());
  }

  private void applyLimits() {
    LimitsConfig limits = config.limits();
    gate.limit(limits.connections(), limits.connectionsPerIp());
    live.limit(limits.viewers(), limits.viewersPerStream());
    live.limitMemory(limits.memoryBytes());
  }

  /** Where this edge listens, in the order of the configuration, the admin listener last. */
  public List<BoundListener> listeners() {
    return List.copyOf(bound);
  }

  /**
   * Serves by another configuration from the next request on. Running responses stay, and streams
   * that run keep the settings of their mount until they end; certificates are shown to clients
   * that connect from now on. Addresses, the admin listener and the access log's target take a
   * restart; the log is opened anew.
   *
   * @throws EdgeException if TLS refuses a certificate; nothing has changed then
   * @return what of the new configuration takes a restart, one line each
   */
  public List<String> reload(EdgeConfig changed) {
    List<String> later = new ArrayList<>();
    EdgeConfig before = config;
    if (haveSameSockets(before, changed)) {
      showCertificates(changed);
    } else {
      later.add("listen: takes a restart");
    }
    if (!Objects.equals(before.admin(), changed.admin())) {
      later.add("admin: takes a restart");
    }
    if (!Objects.equals(before.accessLog(), changed.accessLog())) {
      later.add("accessLog: takes a restart");
    }
    VodCacheConfig.takingRestart(before.vod(), changed.vod()).forEach(later::add);
    config = changed;
    forgetOrigins(before, changed);
    applyLimits();
    EdgeHandler handler = handler();
    viewers.forEach(listener -> listener.serve(handler, HttpLimits.of(changed)));
    log.reopen();
    return later;
  }

  private static boolean haveSameSockets(EdgeConfig a, EdgeConfig b) {
    return a.listen().size() == b.listen().size()
        && IntStream.range(0, a.listen().size())
            .allMatch(i -> a.listen().get(i).hasSocketOf(b.listen().get(i)));
  }

  private void showCertificates(EdgeConfig changed) {
    // All are made before the first is shown: it is all of them or none.
    List<Optional<TlsContexts>> contexts =
        changed.listen().stream().map(it -> Optional.ofNullable(contextsOf(it))).toList();
    for (int i = 0; i < contexts.size(); i++) {
      viewers.get(i).secure(contexts.get(i).orElse(null));
    }
  }

  private void forgetOrigins(EdgeConfig before, EdgeConfig changed) {
    Set<String> gone = origins(before);
    gone.removeAll(origins(changed));
    gone.forEach(metrics::originRemoved);
  }

  private static Set<String> origins(EdgeConfig config) {
    return Stream.concat(
            config.live().stream()
                .flatMap(mount -> mount.origins().stream())
                .map(OriginConfig::url),
            config.vod().stream().flatMap(mount -> mount.source().urls()))
        .map(URI::toString)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /**
   * Stops in good order: not ready any more at once, its addresses free for a successor, listeners
   * closed after {@code drainDelay}, running responses ended after {@code drainTimeout} at the
   * latest. The stage completes when all is closed.
   */
  public CompletionStage<Void> drain() {
    ready = false;
    if (admin != null) {
      admin.shareAddress();
    }
    return new Drain(viewers, live, transport.loops().get(0))
        .start(config.drainDelay(), config.drainTimeout())
        .thenRunAsync(this::close, task -> new Thread(task, "flvkit-stop").start());
  }

  /** Stops at once: every connection is closed, live viewers are reset. */
  @Override
  public void close() {
    ready = false;
    // First the viewers, so that they are reset and not just cut off by their listener.
    live.close()
        .toCompletableFuture()
        .completeOnTimeout(null, LIVE_CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .join();
    viewers.forEach(HttpListener::close);
    if (admin != null) {
      admin.close();
    }
    transport.close();
    seekers.shutdownNow();
    endDisk();
    caches.close();
    log.close();
  }

  /** Slices that are being written are let finish, for a moment: they would be fetched again. */
  private void endDisk() {
    disk.shutdown();
    try {
      if (!disk.awaitTermination(DISK_CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        disk.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      disk.shutdownNow();
    }
  }
}
