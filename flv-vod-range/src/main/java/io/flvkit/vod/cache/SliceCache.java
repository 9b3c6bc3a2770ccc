package io.flvkit.vod.cache;

import io.flvkit.vod.ByteRange;
import io.flvkit.vod.SliceGrid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Slices of files, on disk or on their way there. Each slice is fetched once however many ask for
 * it at the same time. Safe to use from any thread; only what is said to block does.
 */
public final class SliceCache implements AutoCloseable {
  private final CacheDisk disk;
  private final CacheLimits limits;
  private final SliceStore store;
  private final Executor diskExecutor;
  private final Map<FillKey, SliceFill> fills = new ConcurrentHashMap<>();
  private final AtomicLong fillBytes = new AtomicLong();
  private final AtomicLong failedWrites = new AtomicLong();

  private record FillKey(CachedFile file, long index) {}

  private SliceCache(CacheDisk disk, CacheLimits limits, SliceStore store, Executor diskExecutor) {
    this.disk = disk;
    this.limits = limits;
    this.store = store;
    this.diskExecutor = diskExecutor;
  }

  /**
   * Opens a cache and finds out what is in it; blocks.
   *
   * @param disk owned by the cache from here on
   * @param diskExecutor runs what blocks on the disk; may refuse
   * @param random makes names of files
   * @param nanoTime monotonic
   * @throws CacheException if the folder cannot be read
   */
  public static SliceCache open(
      CacheDisk disk,
      CacheLimits limits,
      Executor diskExecutor,
      RandomGenerator random,
      LongSupplier nanoTime) {
    SliceStore store = new SliceStore(disk, limits, diskExecutor, random, nanoTime);
    try {
      store.recover();
    } catch (RuntimeException e) {
      disk.close();
      throw e;
    } catch (IOException e) {
      disk.close();
      throw new CacheException("cannot read the cache: " + e.getMessage(), e);
    }
    return new SliceCache(disk, limits, store, diskExecutor);
  }

  /** How files are cut. */
  public SliceGrid grid() {
    return limits.grid();
  }

  /** What is known of a file; null if that is nothing. */
  public @Nullable CachedFile find(String key) {
    return store.find(key);
  }

  /** Whether a version's key, validators and fields are short enough to be kept. */
  public static boolean canKeep(FileVersion version) {
    return SliceHeader.fits(version);
  }

  /**
   * Notes what an origin said of a file. The same version is freshened; another one takes the place
   * of what was there, of which nothing is given out any more.
   */
  public CachedFile admit(FileVersion version, Freshness freshness) {
    CachedFile known = store.find(version.key());
    if (known != null && !version.whole() && known.version().isSameAs(version)) {
      known.freshen(freshness);
      return known;
    }
    CachedFile file = new CachedFile(version, freshness);
    CachedFile before = store.replace(file);
    if (before != null) {
      onDisk(() -> store.discard(before));
    }
    return file;
  }

  /** Gives up a version with all its slices. */
  public void drop(CachedFile file) {
    store.giveUp(file);
    onDisk(() -> store.discard(file));
  }

  /** Runs what blocks where that may be; here if there is too much of it, rather than never. */
  private void onDisk(Runnable task) {
    try {
      diskExecutor.execute(task);
    } catch (RejectedExecutionException busy) {
      task.run();
    }
  }

  /** Gives up all files whose key is accepted, and returns how many that were; blocks. */
  public int purge(Predicate<String> keys) {
    return store.purge(keys);
  }

  /** Whether every slice of a range is on disk. */
  public boolean holds(CachedFile file, ByteRange range) {
    long last = grid().indexOf(range.last());
    for (long index = grid().indexOf(range.first()); index <= last; index++) {
      if (!store.has(file, index)) {
        return false;
      }
    }
    return true;
  }

  /** Whether every slice of a range is on disk or coming. */
  public boolean holdsOrAwaits(CachedFile file, ByteRange range) {
    long last = grid().indexOf(range.last());
    for (long index = grid().indexOf(range.first()); index <= last; index++) {
      if (!hasOrAwaits(file, index)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a slice is on disk. */
  public boolean isStored(CachedFile file, long index) {
    return store.has(file, index);
  }

  /** Whether a slice is on disk or coming. */
  public boolean hasOrAwaits(CachedFile file, long index) {
    return store.has(file, index) || fills.containsKey(new FillKey(file, index));
  }

  /** Whether there is room for so many bytes more to come. */
  public boolean hasRoom(long bytes) {
    return fillBytes.get() + bytes <= limits.fillBytes();
  }

  /** The slice if it is on disk and open already: then no disk is waited for. Null says nothing. */
  public @Nullable SliceLease openNow(CachedFile file, long index) {
    StoredSlice slice = store.want(file, index);
    return slice == null ? null : store.openNow(slice);
  }

  /**
   * Opens a slice: from disk, or as one that is coming.
   *
   * @param loader begins to fetch it where nobody does; called on the thread of the caller or of
   *     the disk. A slice of a dropped version is fetched too: its loader will find it changed
   */
  public CompletionStage<SliceAccess> access(
      CachedFile file, long index, Consumer<SliceFill> loader) {
    StoredSlice slice = store.want(file, index);
    if (slice == null) {
      SliceAccess coming = coming(file, index, loader);
      // One that ended a moment ago is on disk now.
      slice = coming.kind() == SliceAccess.Kind.NO_ROOM ? store.want(file, index) : null;
      if (slice == null) {
        return CompletableFuture.completedFuture(coming);
      }
    }
    StoredSlice there = slice;
    SliceLease open = store.openNow(there);
    if (open != null) {
      return CompletableFuture.completedFuture(new SliceAccess.Stored(open));
    }
    try {
      return CompletableFuture.supplyAsync(() -> stored(there, loader), diskExecutor);
    } catch (RejectedExecutionException busy) {
      return CompletableFuture.completedFuture(new SliceAccess.NoRoom());
    }
  }

  /**
   * Reads bytes of a slice that is on disk without keeping it open, for when as many files are open
   * as may be; blocks.
   *
   * @param offset of the first byte in the file; the slice has all that {@code target} takes
   * @return false if the slice is not there (any more)
   */
  public boolean copy(CachedFile file, long offset, ByteBuffer target) {
    long index = grid().indexOf(offset);
    StoredSlice slice = store.want(file, index);
    return slice != null && store.copy(slice, offset - grid().range(index).first(), target);
  }

  private SliceAccess stored(StoredSlice slice, Consumer<SliceFill> loader) {
    SliceLease lease = store.open(slice);
    if (lease != null) {
      return new SliceAccess.Stored(lease);
    }
    return store.has(slice.file(), slice.index())
        ? new SliceAccess.NoRoom()
        : coming(slice.file(), slice.index(), loader);
  }

  private SliceAccess coming(CachedFile file, long index, Consumer<SliceFill> loader) {
    SliceFill running = fills.get(new FillKey(file, index));
    if (running == null && !store.has(file, index)) {
      SliceFill begun = begin(file, index);
      if (begun != null && begun.retain()) {
        loader.accept(begun);
        return new SliceAccess.Coming(begun);
      }
      running = fills.get(new FillKey(file, index));
    }
    return running != null && running.retain()
        ? new SliceAccess.Coming(running)
        : new SliceAccess.NoRoom();
  }

  /**
   * Begins a slice that nobody fetches yet; the caller appends to it until it is over.
   *
   * @return null if somebody fetches it, or there is no room
   */
  public @Nullable SliceFill begin(CachedFile file, long index) {
    ByteRange range = grid().range(index, file.version().length());
    if (fillBytes.addAndGet(range.length()) > limits.fillBytes()) {
      fillBytes.addAndGet(-range.length());
      return null;
    }
    SliceFill fill = new SliceFill(file, index, range, this::over, this::idle);
    if (fills.putIfAbsent(new FillKey(file, index), fill) != null) {
      fillBytes.addAndGet(-range.length());
      return null;
    }
    file.pin();
    return fill;
  }

  private void over(SliceFill fill) {
    if (fill.failure() != null) {
      finished(fill);
      return;
    }
    try {
      diskExecutor.execute(() -> store(fill));
    } catch (RejectedExecutionException busy) {
      finished(fill);
    }
  }

  private void store(SliceFill fill) {
    try {
      if (!store.has(fill.file(), fill.index()) && !fill.file().isDropped()) {
        store.store(fill.file(), fill.index(), fill.content());
      }
    } catch (IOException notKept) {
      // A full or broken disk: who waits for the slice has it from memory, the next one fetches it.
      failedWrites.incrementAndGet();
    } finally {
      finished(fill);
    }
  }

  private void finished(SliceFill fill) {
    fills.remove(new FillKey(fill.file(), fill.index()), fill);
    fill.file().unpin();
    store.forgetIfEmpty(fill.file());
    fill.release();
  }

  private void idle(SliceFill fill) {
    fillBytes.addAndGet(-fill.range().length());
  }

  /** How many slices the disk refused since the start. */
  public long failedWrites() {
    return failedWrites.get();
  }

  /** What the cache holds now. */
  public CacheFigures figures() {
    return new CacheFigures(
        store.bytes(),
        limits.bytes(),
        store.files().size(),
        store.count(),
        store.openFiles(),
        fillBytes.get());
  }

  /** Lets others have the folder. Readers of open slices may go on; nothing new is begun. */
  @Override
  public void close() {
    disk.close();
  }
}
