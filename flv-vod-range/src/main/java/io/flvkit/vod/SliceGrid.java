package io.flvkit.vod;

/**
 * Cuts files into slices of equal size; the last one of a file may be shorter.
 *
 * @param sliceBytes size of a slice, at least 1
 */
public record SliceGrid(int sliceBytes) {
  public SliceGrid {
    if (sliceBytes < 1) {
      throw new IllegalArgumentException("not the size of a slice: " + sliceBytes);
    }
  }

  /** Which slice holds the byte at {@code offset}, from 0. */
  public long indexOf(long offset) {
    return offset / sliceBytes;
  }

  /** How many slices a file of {@code length} bytes has; none when it is empty. */
  public long count(long length) {
    return length == 0 ? 0 : indexOf(length - 1) + 1;
  }

  /** The bytes of a slice in a file whose length is not known: the slice may end earlier. */
  public ByteRange range(long index) {
    long first = Math.multiplyExact(index, (long) sliceBytes);
    long last = Math.min(Long.MAX_VALUE - 1 - first, sliceBytes - 1L) + first;
    return new ByteRange(first, last);
  }

  /** The bytes of a slice in a file of {@code length} bytes, which has that slice. */
  public ByteRange range(long index, long length) {
    ByteRange whole = range(index);
    return new ByteRange(whole.first(), Math.min(whole.last(), length - 1));
  }
}
