package io.flvkit.vod.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A version of a file of which the cache has, or had, slices. Safe to use from any thread. */
public final class CachedFile {
  private final FileVersion version;
  private final Map<Long, StoredSlice> slices = new ConcurrentHashMap<>();
  private final AtomicInteger fills = new AtomicInteger();
  private volatile Freshness freshness;
  private volatile boolean dropped;

  CachedFile(FileVersion version, Freshness freshness) {
    this.version = version;
    this.freshness = freshness;
  }

  public FileVersion version() {
    return version;
  }

  /** As its origin said last. */
  public Freshness freshness() {
    return freshness;
  }

  /** The origin said anew how long this version is good. */
  public void freshen(Freshness latest) {
    freshness = latest;
  }

  /** Whether the cache has given this version up: it was purged, or the file changed. */
  public boolean isDropped() {
    return dropped;
  }

  void drop() {
    dropped = true;
  }

  /** A slice is being fetched: the file is remembered although nothing of it may be stored. */
  void pin() {
    fills.incrementAndGet();
  }

  void unpin() {
    fills.decrementAndGet();
  }

  boolean isPinned() {
    return fills.get() > 0;
  }

  /** The slices on disk by index. */
  Map<Long, StoredSlice> slices() {
    return slices;
  }
}
