package io.flvkit.edge.vod;

import io.flvkit.codec.ByteSource;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.cache.CachedFile;
import io.flvkit.vod.cache.SliceAccess;
import io.flvkit.vod.cache.SliceCache;
import io.flvkit.vod.cache.SliceFill;
import io.flvkit.vod.cache.SliceLease;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads a cached file, slices that are missing fetched. Blocks; confined to one thread. */
final class CachedBytes implements ByteSource {
  private static final long RETRY_MILLIS = 20;
  private static final int RETRIES_MAX = 500;

  private final SliceCache cache;
  private final CachedFile file;
  private final Consumer<SliceFill> loader;

  CachedBytes(SliceCache cache, CachedFile file, Consumer<SliceFill> loader) {
    this.cache = cache;
    this.file = file;
    this.loader = loader;
  }

  @Override
  public long bytes() {
    return file.version().length();
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    if (position >= bytes()) {
      return -1;
    }
    long index = cache.grid().indexOf(position);
    ByteRange slice = cache.grid().range(index, bytes());
    int count = (int) Math.min(target.remaining(), slice.last() - position + 1);
    SliceAccess access = access(index);
    if (access instanceof SliceAccess.Coming coming) {
      return fromFill(coming.fill(), position, target, count);
    }
    if (access instanceof SliceAccess.Stored stored) {
      try (SliceLease lease = stored.lease()) {
        return fromDisk(lease, position - slice.first(), target, count);
      }
    }
    throw new IOException("no room in the cache");
  }

  /** Asks again while as much is coming, or as many files are open, as may be. */
  private SliceAccess access(long index) throws IOException {
    SliceAccess access = await(index);
    for (int i = 0; access.kind() == SliceAccess.Kind.NO_ROOM && i < RETRIES_MAX; i++) {
      CompletableFuture<Void> pause = new CompletableFuture<>();
      Patience.await(pause.completeOnTimeout(null, RETRY_MILLIS, TimeUnit.MILLISECONDS));
      access = await(index);
    }
    return access;
  }

  private SliceAccess await(long index) throws IOException {
    CompletionStage<SliceAccess> access = cache.access(file, index, loader);
    try {
      return Patience.await(access);
    } catch (IOException late) {
      access.thenAccept(SlicedBody::release); // nobody else gives back what comes yet
      throw late;
    }
  }

  private static int fromDisk(SliceLease lease, long from, ByteBuffer target, int count)
      throws IOException {
    ByteBuffer part = target.slice(target.position(), count);
    int read = lease.channel().read(part, lease.offset() + from);
    if (read > 0) {
      target.position(target.position() + read);
    }
    return read;
  }

  private static int fromFill(SliceFill fill, long position, ByteBuffer target, int count)
      throws IOException {
    try {
      ByteBuffer bytes = fill.bytes(position, count);
      while (bytes == null && fill.failure() == null) {
        CompletableFuture<Void> there = new CompletableFuture<>();
        fill.await(position, () -> there.complete(null)); // or another byte, so look again
        Patience.await(there);
        bytes = fill.bytes(position, count);
      }
      if (bytes == null) {
        throw new IOException("the origin does not give the file: " + fill.failure());
      }
      int read = bytes.remaining();
      target.put(bytes);
      return read;
    } finally {
      fill.release();
    }
  }
}
