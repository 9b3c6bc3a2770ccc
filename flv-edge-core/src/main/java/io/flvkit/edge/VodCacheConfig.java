package io.flvkit.edge;

import io.flvkit.vod.cache.CacheLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cache of slices on disk.
 *
 * @param directory its folder, of nothing else; mounts may share it
 * @param bytes how much it may take on disk
 * @param sliceBytes how files are cut, 4 KiB to 10 MiB
 * @param ttl how long a file is fresh when its origin does not say
 * @param staleIfError how long after that it is served while no origin answers
 * @param maxWholeBytes the largest file that is kept of an origin which knows no ranges
 */
public record VodCacheConfig(
    Path directory,
    long bytes,
    int sliceBytes,
    Duration ttl,
    Duration staleIfError,
    long maxWholeBytes) {
  private static final long DEFAULT_BYTES = 10L << 30;
  private static final int DEFAULT_SLICE_BYTES = 1 << 20;
  private static final Duration DEFAULT_TTL = Duration.ofHours(24);
  private static final Duration DEFAULT_STALE_IF_ERROR = Duration.ofHours(1);
  private static final long DEFAULT_MAX_WHOLE_BYTES = 64L << 20;

  /** What has to fit at least: fewer slices are always the wrong ones. */
  private static final int SLICES_MIN = 4;

  public VodCacheConfig {
    new Checks()
        .require(
            sliceBytes >= CacheLimits.SLICE_BYTES_MIN && sliceBytes <= CacheLimits.SLICE_BYTES_MAX,
            "sliceSize",
            "must be 4KiB to 10MiB")
        .require(bytes / SLICES_MIN >= sliceBytes, "bytes", "must hold " + SLICES_MIN + " slices")
        .require(!ttl.isNegative(), "ttl", "must not be negative")
        .require(!staleIfError.isNegative(), "staleIfError", "must not be negative")
        .require(maxWholeBytes >= 0, "maxWholeBytes", "must not be negative")
        .done();
  }

  /** With 10 GiB in slices of 1 MiB, files fresh for a day. */
  public static VodCacheConfig in(Path directory) {
    return new VodCacheConfig(
        directory,
        DEFAULT_BYTES,
        DEFAULT_SLICE_BYTES,
        DEFAULT_TTL,
        DEFAULT_STALE_IF_ERROR,
        DEFAULT_MAX_WHOLE_BYTES);
  }

  /** What of the caches in {@code changed} takes a restart, one line each. */
  static List<String> takingRestart(List<VodConfig> before, List<VodConfig> changed) {
    return of(changed)
        .filter(cache -> of(before).anyMatch(other -> other.isResized(cache)))
        .map(cache -> "vod.cache: sizes of " + cache.directory + " take a restart")
        .distinct()
        .toList();
  }

  /** Whether two mounts want one folder in two sizes. */
  boolean isResized(VodCacheConfig other) {
    return directory.equals(other.directory)
        && (bytes != other.bytes || sliceBytes != other.sliceBytes);
  }

  private static Stream<VodCacheConfig> of(List<VodConfig> mounts) {
    return mounts.stream().map(VodConfig::cache).flatMap(Stream::ofNullable);
  }
}
