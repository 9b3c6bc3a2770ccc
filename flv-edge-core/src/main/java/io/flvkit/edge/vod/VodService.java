package io.flvkit.edge.vod;

import io.flvkit.edge.VodCacheConfig;
import io.flvkit.edge.VodConfig;
import io.flvkit.edge.VodSource;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginConnector;
import io.flvkit.token.CanonicalPath;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers GET and HEAD below one mount (RFC 9110: ranges, conditions). Safe to call from any loop;
 * never blocks the caller.
 */
public final class VodService {
  private final CanonicalPath mount;
  private final FileSource source;

  VodService(CanonicalPath mount, FileSource source) {
    this.mount = mount;
    this.source = source;
  }

  /**
   * The service of one mount.
   *
   * @param cacheStatusHeader name of the header that says how the cache took part
   * @param connector opens requests to origins
   * @param disk runs what may block on the disk; see {@link DiskThreads}
   * @param seekers runs what may block on slices that have to come
   * @param caches has, or opens, the cache of the mount
   */
  public static VodService of(
      VodConfig config,
      String cacheStatusHeader,
      OriginConnector connector,
      Executor disk,
      Executor seekers,
      VodCaches caches) {
    CanonicalPath mount = CanonicalPath.parse(config.path());
    VodSource source = config.source();
    if (source instanceof VodSource.Directory directory) {
      PlannedAnswer answers = new PlannedAnswer(cacheStatusHeader, Boundaries.random());
      return new VodService(
          mount,
          new DirectorySource(
              new Folder(directory.path()), answers, Clock.systemUTC(), disk, seekers));
    }
    OriginDeadlines deadlines = OriginDeadlines.DEFAULT;
    Origins origins = new Origins(addresses(source, deadlines), connector, deadlines);
    OriginSource passing = new OriginSource(origins, cacheStatusHeader, seekers);
    VodCacheConfig cache = config.cache();
    if (cache == null) {
      return new VodService(mount, passing);
    }
    CacheContext context =
        new CacheContext(
            caches.open(cache),
            cache,
            origins,
            cacheStatusHeader,
            Clock.systemUTC(),
            disk,
            seekers,
            new SeekViews());
    return new VodService(
        mount,
        new CachedSource(
            config.path(),
            context,
            new CachedResponse(cacheStatusHeader, Boundaries.random()),
            passing));
  }

  private static List<OriginAddress> addresses(VodSource source, OriginDeadlines deadlines) {
    if (source instanceof VodSource.S3 bucket) {
      return List.of(new S3Address(bucket.config(), deadlines.connect(), Clock.systemUTC()));
    }
    return HttpAddress.of((VodSource.Http) source, deadlines.connect());
  }

  /**
   * Answers a GET or HEAD whose path is below the mount.
   *
   * @param loop the loop of the client's connection
   * @param events hears what the origins do
   */
  public CompletionStage<EdgeResponse> answer(RoutedRequest request, Loop loop, VodEvents events) {
    CanonicalPath file = request.path().under(mount).orElse(null);
    if (file == null) {
      return CompletableFuture.completedFuture(EdgeResponse.text(404, "not found"));
    }
    try {
      return source.answer(request, file, loop, events);
    } catch (RejectedExecutionException overloaded) {
      return CompletableFuture.completedFuture(
          EdgeResponse.text(503, "the disk is busy").with("Retry-After", "1"));
    }
  }

  CanonicalPath mount() {
    return mount;
  }

  /** As {@link FileSource#prefetch}, of a path below the mount. */
  CompletionStage<@Nullable String> prefetch(
      CanonicalPath path, String id, Loop loop, LongConsumer total, LongConsumer done) {
    CanonicalPath file = path.under(mount).orElse(null);
    return file == null
        ? CompletableFuture.completedFuture("not found")
        : source.prefetch(file, id, loop, total, done);
  }

  void forget(Predicate<String> keys) {
    source.forget(keys);
  }
}
