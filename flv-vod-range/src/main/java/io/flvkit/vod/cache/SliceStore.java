package io.flvkit.vod.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.flvkit.vod.SliceGrid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Slices on disk and the table of them in memory. A slice is written under a temporary name and
 * renamed when it is complete, so that a name without that ending always means a whole slice; its
 * checksum is compared at the first use after a start, and whenever the file is not what it was.
 * Which slices go when there are too many is decided by how often and how lately they were wanted
 * (W-TinyLFU), so that a burst of files that are read once does not push out the others.
 *
 * <p>Assumes that a rename is seen whole or not at all, and nothing of the order in which writes
 * reach the platter. Guarantees that what {@link #open} gives is what was stored.
 */
final class SliceStore {
  /** Most names that wait to be deleted when the disk works again, and are tried at a time. */
  private static final int UNDELETED_MAX = 10_000;

  private static final int UNDELETED_AT_ONCE = 8;

  private final CacheDisk disk;
  private final SliceGrid grid;
  private final RandomGenerator random;
  private final OpenFiles openFiles;
  private final Map<String, CachedFile> files = new ConcurrentHashMap<>();
  private final Cache<SliceKey, StoredSlice> policy;

  /** Files that could not be deleted; tried again before the next one is written. */
  private final Set<String> undeleted = ConcurrentHashMap.newKeySet();

  SliceStore(
      CacheDisk disk,
      CacheLimits limits,
      Executor executor,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.disk = disk;
    this.grid = limits.grid();
    this.random = random;
    this.openFiles = new OpenFiles(limits.openFiles(), nanoTime);
    this.policy =
        Caffeine.newBuilder()
            .maximumWeight(limits.bytes())
            .weigher((SliceKey key, StoredSlice slice) -> slice.bytes())
            .executor(executor)
            .removalListener(this::removed)
            .build();
  }

  /**
   * Reads the table from the disk; called once, before anything else. What is not whole, not ours,
   * of another grid or of an older version is deleted.
   */
  void recover() throws IOException {
    SliceRecovery found = SliceRecovery.read(disk, grid);
    found.surplus().forEach(this::delete);
    files.putAll(found.files());
    for (CachedFile file : found.files().values()) {
      file.slices().forEach((index, slice) -> policy.put(keyOf(slice), slice));
    }
    policy.cleanUp();
  }

  @Nullable CachedFile find(String key) {
    return files.get(key);
  }

  Collection<CachedFile> files() {
    return files.values();
  }

  /**
   * Makes {@code file} the one of its key.
   *
   * @return the one that was it, given up: its slices are still to be discarded; null if none was
   */
  @Nullable CachedFile replace(CachedFile file) {
    CachedFile before = files.put(file.version().key(), file);
    if (before == null || before == file) {
      return null;
    }
    before.drop();
    return before;
  }

  /** Gives up a version, whose slices are still to be discarded; false if it was not known. */
  boolean giveUp(CachedFile file) {
    file.drop();
    return files.remove(file.version().key(), file);
  }

  /** Gives up files by key, and returns how many there were. */
  int purge(Predicate<String> keys) {
    int count = 0;
    for (CachedFile file : List.copyOf(files.values())) {
      if (keys.test(file.version().key()) && giveUp(file)) {
        discard(file);
        count++;
      }
    }
    return count;
  }

  /** Forgets a file of which nothing is stored, nor about to be. */
  void forgetIfEmpty(CachedFile file) {
    if (file.slices().isEmpty() && !file.isPinned()) {
      files.remove(file.version().key(), file);
    }
  }

  /** Deletes all slices of a version that was given up; blocks. */
  void discard(CachedFile file) {
    for (StoredSlice slice : List.copyOf(file.slices().values())) {
      policy.asMap().remove(keyOf(slice), slice);
      delete(slice);
    }
  }

  boolean has(CachedFile file, long index) {
    return file.slices().containsKey(index);
  }

  /** The slice, and the note that somebody wants it; null if it is not stored. */
  @Nullable StoredSlice want(CachedFile file, long index) {
    StoredSlice slice = policy.getIfPresent(new SliceKey(file.version().key(), index));
    return slice != null && slice.file() == file ? slice : file.slices().get(index);
  }

  /**
   * Writes a slice; blocks.
   *
   * @param data the bytes of the slice, consumed
   * @throws IOException if the disk refused; nothing of the slice is left then, as far as it allows
   */
  void store(CachedFile file, long index, List<ByteBuffer> data) throws IOException {
    undeleted.stream().limit(UNDELETED_AT_ONCE).toList().forEach(this::delete);
    int bytes = data.stream().mapToInt(ByteBuffer::remaining).sum();
    SliceHeader header =
        new SliceHeader(
            file.version(), file.freshness(), grid.sliceBytes(), index, bytes, Checksums.of(data));
    String name = SliceNames.random(random);
    StoredSlice slice = new StoredSlice(file, index, name, bytes, header.checksum());
    List<ByteBuffer> content = new ArrayList<>();
    content.add(header.toBytes());
    content.addAll(data);
    String temporary = SliceNames.temporary(name);
    try {
      disk.write(temporary, content);
      disk.rename(temporary, name);
      slice.verified(disk.stamp(name));
    } catch (IOException e) {
      delete(temporary);
      delete(name);
      throw e;
    }
    if (!publish(slice)) {
      delete(slice);
    }
  }

  /** Enters the slice in the table, unless its version was given up meanwhile. */
  private boolean publish(StoredSlice slice) {
    CachedFile file = slice.file();
    CachedFile known = files.putIfAbsent(file.version().key(), file);
    if (file.isDropped() || (known != null && known != file)) {
      if (known == null) {
        files.remove(file.version().key(), file);
      }
      return false;
    }
    StoredSlice before = file.slices().put(slice.index(), slice);
    if (before != null) {
      delete(before);
    }
    policy.put(keyOf(slice), slice);
    if (file.isDropped()) {
      discard(file);
    }
    if (file.slices().get(slice.index()) != slice) {
      policy.asMap().remove(keyOf(slice), slice); // somebody was faster to take it out
    }
    return true;
  }

  /** An open slice that was looked at a moment ago; null means that {@link #open} must look. */
  @Nullable SliceLease openNow(StoredSlice slice) {
    return openFiles.lease(slice);
  }

  /**
   * Opens a slice and verifies it where that is due; blocks.
   *
   * @return null if the slice is not what was stored: it is deleted then; or if too many files are
   *     in use: {@link #has} tells which
   */
  @Nullable SliceLease open(StoredSlice slice) {
    try {
      Object stamp = disk.stamp(slice.name());
      if (stamp.equals(slice.verifiedStamp())) {
        SliceLease lease = openFiles.trusted(slice);
        return lease != null ? lease : openFiles.add(slice, disk.open(slice.name()));
      }
      openFiles.forget(slice);
      FileChannel channel = disk.open(slice.name());
      if (!Checksums.matches(channel, slice)) {
        channel.close();
        dropSlice(slice);
        return null;
      }
      slice.verified(stamp);
      return openFiles.add(slice, channel);
    } catch (IOException e) {
      dropUnlessShort(slice, e);
      return null;
    }
  }

  /**
   * Reads bytes of a slice without keeping it open; blocks.
   *
   * @return false if they cannot be read, or are not what was stored
   */
  boolean copy(StoredSlice slice, long from, ByteBuffer target) {
    try (FileChannel channel = disk.open(slice.name())) {
      Object stamp = disk.stamp(slice.name());
      if (!stamp.equals(slice.verifiedStamp())) {
        if (!Checksums.matches(channel, slice)) {
          dropSlice(slice);
          return false;
        }
        slice.verified(stamp);
      }
      Checksums.readFully(channel, target, SliceHeader.BYTES + from);
      return true;
    } catch (IOException e) {
      dropUnlessShort(slice, e);
      return false;
    }
  }

  /** What cannot be opened for want of descriptors, or of time at the end, is none the worse. */
  private void dropUnlessShort(StoredSlice slice, IOException failure) {
    boolean isShort =
        failure instanceof ClosedByInterruptException
            || (failure instanceof FileSystemException shortage
                && String.valueOf(shortage.getReason()).startsWith("Too many open files"));
    if (!isShort) {
      dropSlice(slice);
    }
  }

  private void dropSlice(StoredSlice slice) {
    policy.asMap().remove(keyOf(slice), slice);
    delete(slice);
    forgetIfEmpty(slice.file());
  }

  private void removed(@Nullable SliceKey key, @Nullable StoredSlice slice, RemovalCause cause) {
    if (slice != null && cause != RemovalCause.EXPLICIT) {
      delete(slice);
      forgetIfEmpty(slice.file());
    }
  }

  private void delete(StoredSlice slice) {
    slice.file().slices().remove(slice.index(), slice);
    try {
      openFiles.forget(slice);
    } catch (IOException closed) {
      // A descriptor is free after a failing close too, and nothing was written through it.
    }
    delete(slice.name());
  }

  private void delete(String name) {
    try {
      disk.delete(name);
      undeleted.remove(name);
    } catch (IOException stays) {
      if (undeleted.size() < UNDELETED_MAX) { // a restart finds the rest
        undeleted.add(name);
      }
    }
  }

  private static SliceKey keyOf(StoredSlice slice) {
    return new SliceKey(slice.file().version().key(), slice.index());
  }

  /** Bytes on disk. */
  long bytes() {
    return policy.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }

  /** How many slices there are. */
  long count() {
    return files.values().stream().mapToLong(file -> file.slices().size()).sum();
  }

  int openFiles() {
    return openFiles.count();
  }

  /** Does what waits to be done; for tests that count. */
  void settle() {
    policy.cleanUp();
  }
}
