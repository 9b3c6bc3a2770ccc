package io.flvkit.edge.vod;

import io.flvkit.edge.EdgeException;
import io.flvkit.edge.VodCacheConfig;
import io.flvkit.vod.cache.CacheDisk;
import io.flvkit.vod.cache.CacheException;
import io.flvkit.vod.cache.CacheFigures;
import io.flvkit.vod.cache.CacheLimits;
import io.flvkit.vod.cache.SliceCache;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The caches of an edge by their folders. A cache stays open when the configuration is read anew,
 * with the sizes that it was opened with. Thread-safe.
 */
public final class VodCaches implements AutoCloseable {
  private final Executor disk;
  private final RandomGenerator random = new SecureRandom();
  private final Map<Path, SliceCache> open = new HashMap<>();

  /** No caches yet; {@code disk} runs what blocks. */
  public VodCaches(Executor disk) {
    this.disk = disk;
  }

  /**
   * The cache of a folder, opened if it is not; blocks then.
   *
   * @throws EdgeException if the folder cannot be used
   */
  synchronized SliceCache open(VodCacheConfig config) {
    Path folder = config.directory().toAbsolutePath().normalize();
    SliceCache known = open.get(folder);
    if (known != null) {
      return known;
    }
    try {
      SliceCache cache =
          SliceCache.open(
              CacheDisk.of(folder),
              CacheLimits.of(config.bytes(), config.sliceBytes()),
              disk,
              random,
              System::nanoTime);
      open.put(folder, cache);
      return cache;
    } catch (IOException | CacheException e) {
      throw new EdgeException("cannot open the cache " + folder + ": " + e.getMessage(), e);
    }
  }

  /** What all of them hold. */
  public synchronized List<CacheFigures> figures() {
    return open.values().stream().map(SliceCache::figures).toList();
  }

  /** Gives up files by key, and returns how many that were; blocks. */
  int purge(Predicate<String> keys) {
    List<SliceCache> caches;
    synchronized (this) {
      caches = List.copyOf(open.values());
    }
    return caches.stream().mapToInt(cache -> cache.purge(keys)).sum();
  }

  /** Bytes on disk. */
  public long bytes() {
    return figures().stream().mapToLong(CacheFigures::bytes).sum();
  }

  @Override
  public synchronized void close() {
    open.values().forEach(SliceCache::close);
    open.clear();
  }
}
