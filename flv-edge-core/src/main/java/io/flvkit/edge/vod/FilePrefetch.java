package io.flvkit.edge.vod;

import io.flvkit.edge.loop.Loop;
import io.flvkit.vod.cache.CachedFile;
import io.flvkit.vod.cache.FillFailure;
import io.flvkit.vod.cache.SliceAccess;
import io.flvkit.vod.cache.SliceCache;
import io.flvkit.vod.cache.SliceFill;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Brings all slices of a file into the cache, one after the other. Confined to the loop. */
final class FilePrefetch {
  private static final long RETRY_NANOS = 50_000_000L;
  private static final int RETRIES_MAX = 600;

  private final SliceCache cache;
  private final CachedFile file;
  private final Consumer<SliceFill> loader;
  private final Loop loop;
  private final LongConsumer done;
  private final CompletableFuture<@Nullable String> result = new CompletableFuture<>();
  private long index;
  private int retries;

  /**
   * A fetch not begun.
   *
   * @param done told of bytes that are there
   */
  FilePrefetch(
      SliceCache cache, CachedFile file, Consumer<SliceFill> loader, Loop loop, LongConsumer done) {
    this.cache = cache;
    this.file = file;
    this.loader = loader;
    this.loop = loop;
    this.done = done;
  }

  /** The stage completes with what went wrong, or with null. */
  CompletionStage<@Nullable String> start() {
    loop.execute(this::step);
    return result;
  }

  private void step() {
    if (index == cache.grid().count(file.version().length())) {
      result.complete(null);
    } else if (file.isDropped()) {
      result.complete("it changed or was purged");
    } else if (cache.isStored(file, index)) {
      next();
    } else {
      cache
          .access(file, index, loader)
          .whenComplete((access, failure) -> loop.run(() -> accessed(access)));
    }
  }

  private void accessed(@Nullable SliceAccess access) {
    if (access instanceof SliceAccess.Stored stored) {
      stored.lease().close();
      next();
    } else if (access instanceof SliceAccess.Coming coming) {
      SliceFill fill = coming.fill();
      fill.await(fill.range().last(), () -> loop.execute(() -> came(fill)));
    } else if (++retries > RETRIES_MAX) {
      result.complete("no room in the cache");
    } else {
      loop.schedule(RETRY_NANOS, this::step);
    }
  }

  private void came(SliceFill fill) {
    FillFailure failure = fill.failure();
    fill.release();
    if (failure == null) {
      next();
    } else {
      result.complete(failure.detail());
    }
  }

  private void next() {
    done.accept(cache.grid().range(index, file.version().length()).length());
    index++;
    retries = 0;
    loop.execute(this::step);
  }
}
