package io.flvkit.edge.vod;

import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.Protocol;
import io.flvkit.edge.http.Query;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers from a cache of slices, and asks origins for what is not there or not fresh: once for all
 * who want to know at the same time. Safe to call from any loop; never blocks.
 */
final class CachedSource implements FileSource {
  private final String mount;
  private final CacheContext context;
  private final CachedResponse responses;
  private final FileSource passing;
  private final Map<String, CompletionStage<CacheAnswer>> running = new ConcurrentHashMap<>();
  private final ForAWhile unkept;
  private final ForAWhile down;

  /**
   * A source.
   *
   * @param mount its path, the beginning of keys
   * @param passing answers what cannot be kept
   */
  CachedSource(String mount, CacheContext context, CachedResponse responses, FileSource passing) {
    this.mount = mount;
    this.context = context;
    this.responses = responses;
    this.passing = passing;
    this.unkept = ForAWhile.forAMinute(context.clock());
    this.down = ForAWhile.forTwoSeconds(context.clock());
  }

  @Override
  public CompletionStage<EdgeResponse> answer(
      RoutedRequest request, CanonicalPath file, Loop loop, VodEvents events) {
    return new CachedRequest(this, request, file, loop, events).answer(false);
  }

  @Override
  public CompletionStage<@Nullable String> prefetch(
      CanonicalPath file, String id, Loop loop, LongConsumer total, LongConsumer done) {
    EdgeRequest get =
        new EdgeRequest(
            "GET",
            keyOf(file),
            Headers.empty(),
            InetAddress.getLoopbackAddress(),
            Protocol.H1,
            loop.nanoTime());
    RoutedRequest request =
        new RoutedRequest(id, get, file, Query.parse(null), InetAddress.getLoopbackAddress());
    return new CachedRequest(this, request, file, loop, VodEvents.NONE).prefetch(total, done);
  }

  @Override
  public void forget(Predicate<String> keys) {
    unkept.forget(keys);
    down.forget(keys);
  }

  /** The name of a file in the cache. */
  String keyOf(CanonicalPath file) {
    return mount + file.encoded().substring(1);
  }

  CacheContext context() {
    return context;
  }

  CachedResponse responses() {
    return responses;
  }

  /** Answers what cannot be kept. */
  FileSource passing() {
    return passing;
  }

  /** Discoveries that have not ended, by key. */
  Map<String, CompletionStage<CacheAnswer>> running() {
    return running;
  }

  /** Keys of files that may not be kept. */
  ForAWhile unkept() {
    return unkept;
  }

  /** Keys of files whose origins did not answer. */
  ForAWhile down() {
    return down;
  }
}
