package io.flvkit.edge.vod;

import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.OriginConfig;
import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.VodConfig;
import io.flvkit.edge.VodSource;
import io.flvkit.edge.access.AccessPolicy;
import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Query;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.netty.ConnectionGate;
import io.flvkit.edge.netty.HttpLimits;
import io.flvkit.edge.netty.HttpListener;
import io.flvkit.edge.netty.NettyTransport;
import io.flvkit.token.CanonicalPath;
import io.flvkit.vod.cache.CacheFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/** One VOD mount, {@code /vod/}, on real sockets, without the rest of the edge. */
final class VodServer implements AutoCloseable {
  private static final CanonicalPath MOUNT = CanonicalPath.parse("/vod/");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final NettyTransport transport = new NettyTransport(2);
  private final ExecutorService disk = DiskThreads.create();
  private final ExecutorService seekers = DiskThreads.create("seek");
  private final VodCaches caches = new VodCaches(disk);
  private final HttpListener listener;

  private VodServer(Function<VodServer, VodService> service) {
    VodService vod = service.apply(this);
    listener =
        transport.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new Handler(vod),
            HttpLimits.of(EdgeConfig.builder().listen("127.0.0.1", 0).build()),
            new ConnectionGate(limit -> {}));
  }

  static VodServer ofDirectory(Path directory) {
    return of(VodConfig.directory("/vod/", directory));
  }

  static VodServer ofOrigins(String... urls) {
    return of(VodConfig.origins("/vod/", urls));
  }

  /** With deadlines so short that a test can wait for them. */
  static VodServer ofOrigins(OriginDeadlines deadlines, String... urls) {
    VodSource.Http origins = sourceOf(urls);
    return new VodServer(
        server ->
            new VodService(
                MOUNT,
                new OriginSource(
                    new Origins(
                        HttpAddress.of(origins, deadlines.connect()),
                        server.transport.connector(),
                        deadlines),
                    "X-Cache-Status",
                    server.seekers)));
  }

  /** With a cache of small slices that lives by {@code clock}. */
  static VodServer cached(VodCacheConfig cache, InstantSource clock, String... urls) {
    OriginDeadlines deadlines =
        new OriginDeadlines(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2));
    VodSource.Http configured = sourceOf(urls);
    return new VodServer(
        server -> {
          Origins origins =
              new Origins(
                  HttpAddress.of(configured, deadlines.connect()),
                  server.transport.connector(),
                  deadlines);
          CacheContext context =
              new CacheContext(
                  server.caches.open(cache),
                  cache,
                  origins,
                  "X-Cache-Status",
                  clock,
                  server.disk,
                  server.seekers,
                  new SeekViews());
          return new VodService(
              MOUNT,
              new CachedSource(
                  "/vod/",
                  context,
                  new CachedResponse("X-Cache-Status", Boundaries.random()),
                  new OriginSource(origins, "X-Cache-Status", server.seekers)));
        });
  }

  /** Passes on, keeps nothing. */
  static VodServer of(VodSource.Http source) {
    return of(new VodConfig("/vod/", source, null, AccessPolicy.OPEN));
  }

  private static VodSource.Http sourceOf(String... urls) {
    return new VodSource.Http(List.of(urls).stream().map(OriginConfig::of).toList());
  }

  /** What is in the cache. */
  CacheFigures figures() {
    return caches.figures().get(0);
  }

  static VodServer of(VodConfig config) {
    return new VodServer(
        server ->
            VodService.of(
                config,
                "X-Cache-Status",
                server.transport.connector(),
                server.disk,
                server.seekers,
                server.caches));
  }

  int port() {
    return listener.address().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/vod/";
  }

  HttpResponse<byte[]> get(String name, String... headers) {
    return send(client, "GET", url() + name, headers);
  }

  HttpResponse<byte[]> head(String name, String... headers) {
    return send(client, "HEAD", url() + name, headers);
  }

  static HttpResponse<byte[]> send(
      HttpClient client, String method, String url, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    seekers.shutdown();
    disk.shutdown();
    transport.close();
    caches.close();
  }

  private record Handler(VodService vod) implements EdgeHandler {
    @Override
    public CompletionStage<EdgeResponse> handle(EdgeRequest request, Loop loop) {
      int mark = request.target().indexOf('?');
      String target = mark < 0 ? request.target() : request.target().substring(0, mark);
      Query query = Query.parse(mark < 0 ? null : request.target().substring(mark + 1));
      CanonicalPath path = CanonicalPath.parse(target);
      return vod.answer(
          new RoutedRequest("test", request, path, query, request.peer()), loop, VodEvents.NONE);
    }

    @Override
    public EdgeResponse refuse(EdgeRequest request, int status, String why) {
      return EdgeResponse.text(status, why);
    }
  }
}
