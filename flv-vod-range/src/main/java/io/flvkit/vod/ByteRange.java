package io.flvkit.vod;

/**
 * A resolved range of bytes, both ends included (RFC 9110, 14.1.1).
 *
 * @param first offset of the first byte, from 0
 * @param last offset of the last byte, at least {@code first} and at most 2^63-2, so that every
 *     length fits in a {@code long}
 */
public record ByteRange(long first, long last) {
  public ByteRange {
    if (first < 0 || last < first || last == Long.MAX_VALUE) {
      throw new IllegalArgumentException("not a byte range: " + first + "-" + last);
    }
  }

  /** The whole of a file of {@code length} bytes, at least 1. */
  public static ByteRange ofWhole(long length) {
    return new ByteRange(0, length - 1);
  }

  /** How many bytes it holds, from 1. */
  public long length() {
    return last - first + 1;
  }

  /** As the header fields write it: {@code first-last}. */
  @Override
  public String toString() {
    return first + "-" + last;
  }
}
