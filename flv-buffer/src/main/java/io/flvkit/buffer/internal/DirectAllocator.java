package io.flvkit.buffer.internal;

import io.flvkit.buffer.SegmentAllocator;
import io.flvkit.buffer.SegmentMemory;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers with a bounded pool of free ones, one queue for each power of two. Other sizes
 * belong to single large records and are not pooled. Any thread may allocate and release.
 */
public final class DirectAllocator implements SegmentAllocator {
  private final long maxFreeBytes;
  private final AtomicLong freeBytes = new AtomicLong();
  private final FreeList[] freeBySize = new FreeList[Integer.SIZE];

  public DirectAllocator(long maxFreeBytes) {
    if (maxFreeBytes < 0) {
      throw new IllegalArgumentException("maxFreeBytes " + maxFreeBytes);
    }
    this.maxFreeBytes = maxFreeBytes;
    for (int i = 0; i < freeBySize.length; i++) {
      freeBySize[i] = new FreeList();
    }
  }

  @Override
  public SegmentMemory allocate(int bytes) {
    ByteBuffer buffer = takeFree(bytes);
    return new CountedMemory(
        buffer == null ? ByteBuffer.allocateDirect(bytes) : buffer, this::takeBack);
  }

  private @Nullable ByteBuffer takeFree(int bytes) {
    if (Integer.bitCount(bytes) != 1) {
      return null;
    }
    ByteBuffer buffer = freeBySize[Integer.numberOfTrailingZeros(bytes)].poll();
    if (buffer != null) {
      freeBytes.addAndGet(-bytes);
    }
    return buffer;
  }

  private void takeBack(ByteBuffer buffer) {
    int bytes = buffer.capacity();
    if (Integer.bitCount(bytes) != 1) {
      return;
    }
    if (freeBytes.addAndGet(bytes) > maxFreeBytes) {
      freeBytes.addAndGet(-bytes);
      return;
    }
    // The queue's hand-over orders the last reader's accesses before the next writer's.
    freeBySize[Integer.numberOfTrailingZeros(bytes)].offer(buffer);
  }

  /** Bytes in the pool now. */
  public long freeBytes() {
    return freeBytes.get();
  }

  private static final class FreeList extends ConcurrentLinkedQueue<ByteBuffer> {
    private static final long serialVersionUID = 1L;
  }
}
