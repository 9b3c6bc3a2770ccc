package io.flvkit.vod.cache;

import io.flvkit.vod.ByteRange;
import io.flvkit.vod.EntityTag;
import io.flvkit.vod.Representation;
import io.flvkit.vod.SliceGrid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A cache of small slices in a folder, all of it in the caller's thread, with its own time. */
final class CacheStage implements AutoCloseable {
  static final int SLICE = 4096;
  static final long ROOMY = 4L << 20;
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  final SliceCache cache;
  long nanos;

  CacheStage(Path folder, long bytes, UnaryOperator<CacheDisk> around, Executor executor) {
    this(folder, new CacheLimits(bytes, new SliceGrid(SLICE), 4, 64 * SLICE), around, executor);
  }

  CacheStage(Path folder, CacheLimits limits, UnaryOperator<CacheDisk> around, Executor executor) {
    try {
      cache =
          SliceCache.open(
              around.apply(CacheDisk.of(folder)), limits, executor, new Random(), () -> nanos);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CacheStage in(Path folder) {
    return new CacheStage(folder, ROOMY, disk -> disk, Runnable::run);
  }

  /** What an origin says of a file; {@code etag} tells its versions apart. */
  CachedFile admit(String key, String etag, long length) {
    return cache.admit(version(key, etag, length), freshFor(Duration.ofHours(1)));
  }

  static FileVersion version(String key, String etag, long length) {
    return new FileVersion(
        key,
        new Representation(length, EntityTag.strong(etag), NOW),
        false,
        Map.of("Content-Type", "video/x-flv"));
  }

  static Freshness freshFor(Duration lifetime) {
    return new Freshness(NOW, Duration.ZERO, lifetime, Duration.ZERO, false);
  }

  /** The bytes that the origin has there: any two versions differ in every slice. */
  static byte[] content(FileVersion version, ByteRange range) {
    byte[] bytes = new byte[(int) range.length()];
    new Random(version.key().hashCode() * 31L + version.representation().hashCode() + range.first())
        .nextBytes(bytes);
    return bytes;
  }

  /** Lets a slice come, whole. */
  void fill(CachedFile file, long index) {
    SliceFill fill = cache.begin(file, index);
    if (fill != null) {
      fill.append(ByteBuffer.wrap(content(file.version(), fill.range())));
    }
  }

  /** The bytes of a slice on disk; null when the cache would ask the origin for them. */
  byte[] read(CachedFile file, long index) {
    SliceAccess access =
        access(
            file,
            index,
            fill -> {
              fill.fail(new FillFailure(FillFailure.Kind.UNREACHABLE, "not now"));
            });
    if (access instanceof SliceAccess.Coming coming) {
      coming.fill().release();
      return null;
    }
    try (SliceLease lease = ((SliceAccess.Stored) access).lease()) {
      return bytes(lease);
    }
  }

  SliceAccess access(CachedFile file, long index, Consumer<SliceFill> loader) {
    try {
      return cache.access(file, index, loader).toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] bytes(SliceLease lease) {
    ByteBuffer buffer = ByteBuffer.allocate(lease.lengthBytes());
    try {
      while (buffer.hasRemaining()) {
        if (lease.channel().read(buffer, lease.offset() + buffer.position()) < 0) {
          return Arrays.copyOf(buffer.array(), buffer.position());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.array();
  }

  byte[] expected(CachedFile file, long index) {
    return content(file.version(), cache.grid().range(index, file.version().length()));
  }

  @Override
  public void close() {
    cache.close();
  }
}
