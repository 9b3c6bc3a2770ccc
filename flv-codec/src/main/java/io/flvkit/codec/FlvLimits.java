package io.flvkit.codec;

/**
 * Bounds on what a stranger's bytes can declare. A value beyond its limit is a {@link
 * FlvFormatException}, never an allocation.
 *
 * @param maxTagBytes largest tag body, 1..16,777,215 (the format's own limit)
 * @param maxHeaderBytes largest DataOffset of the file header, at least 9
 * @param maxResyncBytes most bytes that a recovering parser skips before the next tag, at least 1
 * @param maxAmfDepth deepest nesting of script data values, 1..256
 * @param maxAmfValues most values in one script tag, at least 1; their objects are also bounded by
 *     four times the bytes of the tag and 64 KiB
 */
public record FlvLimits(
    int maxTagBytes, int maxHeaderBytes, long maxResyncBytes, int maxAmfDepth, int maxAmfValues) {
  /** The largest body the format can express. */
  public static final int FORMAT_MAX_TAG_BYTES = 0xFF_FFFF;

  private static final FlvLimits DEFAULTS =
      new FlvLimits(FORMAT_MAX_TAG_BYTES, 4096, Long.MAX_VALUE, 64, 1_000_000);
  private static final FlvLimits LIVE = new FlvLimits(4 << 20, 4096, 1 << 20, 32, 100_000);

  /** Checks the ranges. */
  public FlvLimits {
    require(maxTagBytes >= 1 && maxTagBytes <= FORMAT_MAX_TAG_BYTES, "maxTagBytes", maxTagBytes);
    require(maxHeaderBytes >= FlvHeader.BYTES, "maxHeaderBytes", maxHeaderBytes);
    require(maxResyncBytes >= 1, "maxResyncBytes", maxResyncBytes);
    require(maxAmfDepth >= 1 && maxAmfDepth <= 256, "maxAmfDepth", maxAmfDepth);
    require(maxAmfValues >= 1, "maxAmfValues", maxAmfValues);
  }

  /** Everything the format allows: for files. 64 levels and 1,000,000 values of script data. */
  public static FlvLimits defaults() {
    return DEFAULTS;
  }

  /**
   * For live input from a network: tags up to 4 MiB, gaps up to 1 MiB, 32 levels, 100,000 values.
   */
  public static FlvLimits live() {
    return LIVE;
  }

  /** The same limits with another largest tag body, in bytes. */
  public FlvLimits withMaxTagBytes(int bytes) {
    return new FlvLimits(bytes, maxHeaderBytes, maxResyncBytes, maxAmfDepth, maxAmfValues);
  }

  private static void require(boolean inRange, String name, long value) {
    if (!inRange) {
      throw new IllegalArgumentException(name + " out of range: " + value);
    }
  }
}
