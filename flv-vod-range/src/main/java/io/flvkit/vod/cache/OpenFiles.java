package io.flvkit.vod.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Slices that are open, shared by all who read them, and never more than a limit: the one used the
 * longest time ago is closed for another, and one that is in use is not closed. Thread-safe.
 */
final class OpenFiles {
  /** So long an open file is trusted before its state is compared again. */
  private static final long TRUSTED_NANOS = 1_000_000_000L;

  private final int limit;
  private final LongSupplier nanoTime;
  private final Map<StoredSlice, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);

  /** Files that left the table while somebody read them. */
  private int detached;

  OpenFiles(int limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
  }

  /** One open file; its fields are guarded by the table's monitor. */
  private static final class OpenFile {
    final FileChannel channel;
    int users;
    boolean gone;
    long trustedUntil;

    OpenFile(FileChannel channel) {
      this.channel = channel;
    }
  }

  /** The slice if it is open and was looked at a moment ago; never blocks on the disk. */
  synchronized @Nullable SliceLease lease(StoredSlice slice) {
    OpenFile file = open.get(slice);
    return file == null || file.trustedUntil - nanoTime.getAsLong() <= 0
        ? null
        : leaseOf(slice, file);
  }

  /** The slice was found unchanged: it is trusted for a while. Null if it is not open. */
  synchronized @Nullable SliceLease trusted(StoredSlice slice) {
    OpenFile file = open.get(slice);
    if (file == null) {
      return null;
    }
    file.trustedUntil = nanoTime.getAsLong() + TRUSTED_NANOS;
    return leaseOf(slice, file);
  }

  /**
   * Takes over a channel that was just opened and verified; null, and the channel is closed, when
   * as many as may are in use.
   */
  @Nullable SliceLease add(StoredSlice slice, FileChannel channel) throws IOException {
    FileChannel surplus = null;
    SliceLease lease;
    synchronized (this) {
      OpenFile other = open.get(slice);
      if (other != null) {
        surplus = channel;
        lease = leaseOf(slice, other);
      } else if (open.size() + detached >= limit && (surplus = evict()) == null) {
        surplus = channel;
        lease = null;
      } else {
        OpenFile file = new OpenFile(channel);
        file.trustedUntil = nanoTime.getAsLong() + TRUSTED_NANOS;
        open.put(slice, file);
        lease = leaseOf(slice, file);
      }
    }
    if (surplus != null) {
      surplus.close();
    }
    return lease;
  }

  /** Closes the slice, which is gone, as soon as nobody reads it. */
  void forget(StoredSlice slice) throws IOException {
    FileChannel idle = null;
    synchronized (this) {
      OpenFile file = open.remove(slice);
      if (file != null && file.users > 0) {
        file.gone = true;
        detached++;
      } else if (file != null) {
        idle = file.channel;
      }
    }
    if (idle != null) {
      idle.close();
    }
  }

  /** How many files are open. */
  synchronized int count() {
    return open.size() + detached;
  }

  private @Nullable FileChannel evict() {
    for (var entry : open.entrySet()) {
      if (entry.getValue().users == 0) {
        open.remove(entry.getKey());
        return entry.getValue().channel;
      }
    }
    return null;
  }

  private SliceLease leaseOf(StoredSlice slice, OpenFile file) {
    file.users++;
    return new SliceLease(file.channel, SliceHeader.BYTES, slice.dataBytes(), () -> release(file));
  }

  private void release(OpenFile file) throws IOException {
    boolean idle;
    synchronized (this) {
      file.users--;
      idle = file.gone && file.users == 0;
      if (idle) {
        detached--;
      }
    }
    if (idle) {
      file.channel.close();
    }
  }
}
