package io.flvkit.buffer;

import java.nio.ByteBuffer;

/**
 * The counted memory of one segment. It starts with a count of one, which belongs to the window.
 *
 * <p>An implementation guarantees:
 *
 * <ul>
 *   <li>once the count has reached zero, {@link #tryRetain} fails for ever: the object itself is
 *       never handed out again (the bytes behind it may be). A pooled buffer object that comes back
 *       to life must therefore be wrapped in a fresh object with its own count;
 *   <li>the change of the count is atomic, and the release that takes it to zero is ordered after
 *       every access made before an earlier release.
 * </ul>
 *
 * <p>Any thread may call any method.
 */
public interface SegmentMemory {
  /**
   * The whole memory, from index 0 to its capacity. Shared by all: readers use absolute access or a
   * duplicate, and never change its position, limit or contents. To be touched only while a count
   * is held.
   */
  ByteBuffer bytes();

  /** Adds one to the count, unless it is zero. Returns whether it did. */
  boolean tryRetain();

  /** Takes one from the count. At zero the memory goes back to where it came from. */
  void release();

  /** Whether the count has reached zero. */
  boolean isFree();
}
