package io.flvkit.buffer;

import io.flvkit.buffer.internal.DirectAllocator;

/** Where windows get their memory. Several windows, each with a writer thread, may share one. */
@FunctionalInterface
public interface SegmentAllocator {
  /**
   * Returns memory of exactly {@code bytes} bytes with a count of one. Its contents may be
   * anything. What it throws reaches the writer, whose window stays as it was.
   */
  SegmentMemory allocate(int bytes);

  /**
   * Direct buffers, of which up to {@code maxFreeBytes} are kept for reuse when they are released;
   * the rest is left to the garbage collector.
   */
  static SegmentAllocator direct(long maxFreeBytes) {
    return new DirectAllocator(maxFreeBytes);
  }
}
