package io.flvkit.vod.cache;

import io.flvkit.vod.SliceGrid;

/**
 * How much a cache may take.
 *
 * @param bytes on disk; slices that are just being written come on top
 * @param grid how files are cut
 * @param openFiles most files open at a time
 * @param fillBytes memory for slices that are being fetched
 */
public record CacheLimits(long bytes, SliceGrid grid, int openFiles, long fillBytes) {
  /** Smallest slice. */
  public static final int SLICE_BYTES_MIN = 4 * 1024;

  /** Largest slice. */
  public static final int SLICE_BYTES_MAX = 10 * 1024 * 1024;

  private static final int OPEN_FILES = 1000;
  private static final long FILL_BYTES_MIN = 64L << 20;
  private static final int HEAP_SHARE = 4;

  public CacheLimits {
    int slice = grid.sliceBytes();
    if (slice < SLICE_BYTES_MIN || slice > SLICE_BYTES_MAX) {
      throw new IllegalArgumentException("a slice has 4 KiB to 10 MiB");
    }
    if (bytes < SliceHeader.BYTES + slice) {
      throw new IllegalArgumentException("a cache holds one slice at least");
    }
    if (openFiles < 1 || fillBytes < slice) {
      throw new IllegalArgumentException("a cache needs one open file and one fill at least");
    }
  }

  /** With 1,000 open files and, for fills, a quarter of the heap but 64 MiB at least. */
  public static CacheLimits of(long bytes, int sliceBytes) {
    long fillBytes = Math.max(FILL_BYTES_MIN, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    return new CacheLimits(bytes, new SliceGrid(sliceBytes), OPEN_FILES, fillBytes);
  }
}
