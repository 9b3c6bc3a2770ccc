package io.flvkit.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Overwrites memory the moment it is released and hands it out again at the first chance, so that a
 * reader who looks at memory it does not hold sees garbage. Any thread may use it.
 */
final class PoisoningAllocator implements SegmentAllocator {
  static final byte POISON = 0x5A;

  private final Map<Integer, Deque<ByteBuffer>> freeBySize = new HashMap<>();
  private long liveBytes;

  @Override
  public synchronized SegmentMemory allocate(int bytes) {
    ByteBuffer reused = freeBySize.computeIfAbsent(bytes, size -> new ArrayDeque<>()).pollFirst();
    liveBytes += bytes;
    return new Memory(reused == null ? ByteBuffer.allocate(bytes) : reused);
  }

  /** Bytes handed out and not released. */
  synchronized long liveBytes() {
    return liveBytes;
  }

  private synchronized void free(ByteBuffer buffer) {
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, POISON);
    }
    liveBytes -= buffer.capacity();
    freeBySize.computeIfAbsent(buffer.capacity(), size -> new ArrayDeque<>()).addFirst(buffer);
  }

  private final class Memory implements SegmentMemory {
    private final ByteBuffer bytes;
    private final AtomicInteger count = new AtomicInteger(1);

    Memory(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public ByteBuffer bytes() {
      return bytes;
    }

    @Override
    public boolean tryRetain() {
      return count.getAndUpdate(held -> held == 0 ? 0 : held + 1) > 0;
    }

    @Override
    public void release() {
      int left = count.decrementAndGet();
      if (left < 0) {
        throw new AssertionError("released more often than retained");
      }
      if (left == 0) {
        free(bytes);
      }
    }

    @Override
    public boolean isFree() {
      return count.get() == 0;
    }
  }
}
