package io.flvkit.bench.buffer;

import io.flvkit.buffer.SegmentAllocator;
import io.flvkit.buffer.SegmentMemory;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Memory that is overwritten the moment its count reaches zero and then handed out again at once.
 * Only the count and one atomic slot order its accesses, as in a real pool, so that nothing here
 * hides a missing barrier of the window.
 */
final class PoisonMemory implements SegmentMemory {
  static final byte POISON = 0x5A;

  private final ByteBuffer bytes;
  private final AtomicReference<@Nullable ByteBuffer> slot;
  private final AtomicInteger count = new AtomicInteger(1);

  private PoisonMemory(ByteBuffer bytes, AtomicReference<@Nullable ByteBuffer> slot) {
    this.bytes = bytes;
    this.slot = slot;
  }

  /** An allocator of one size of memory, with one place for a free one. */
  static SegmentAllocator allocator() {
    AtomicReference<@Nullable ByteBuffer> slot = new AtomicReference<>();
    return size -> {
      ByteBuffer free = slot.getAndSet(null);
      return new PoisonMemory(
          free != null && free.capacity() == size ? free : ByteBuffer.allocate(size), slot);
    };
  }

  @Override
  public ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public boolean tryRetain() {
    int seen = count.get();
    while (seen > 0 && !count.compareAndSet(seen, seen + 1)) {
      seen = count.get();
    }
    return seen > 0;
  }

  @Override
  public void release() {
    if (count.decrementAndGet() == 0) {
      for (int i = 0; i < bytes.capacity(); i++) {
        bytes.put(i, POISON);
      }
      slot.set(bytes);
    }
  }

  @Override
  public boolean isFree() {
    return count.get() == 0;
  }
}
