package io.flvkit.buffer.internal;

import io.flvkit.buffer.SegmentMemory;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A buffer and its count. The object dies with the count; only the buffer lives on. */
final class CountedMemory implements SegmentMemory {
  private final ByteBuffer bytes;
  private final Consumer<ByteBuffer> home;
  private final AtomicInteger count = new AtomicInteger(1);

  CountedMemory(ByteBuffer bytes, Consumer<ByteBuffer> home) {
    this.bytes = bytes;
    this.home = home;
  }

  @Override
  public ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public boolean tryRetain() {
    int seen = count.get();
    while (seen > 0) {
      // The full fence of a successful exchange pairs with the decrement in `release`: whoever gets
      // in here is ordered before the release that frees the memory.
      int found = count.compareAndExchange(seen, seen + 1);
      if (found == seen) {
        return true;
      }
      seen = found;
    }
    return false;
  }

  @Override
  public void release() {
    // Read-modify-write: each release is ordered after the accesses of those before it, so the last
    // one hands over memory which nobody reads any more.
    int left = count.decrementAndGet();
    if (left == 0) {
      home.accept(bytes);
    } else if (left < 0) {
      throw new IllegalStateException("released more often than retained");
    }
  }

  @Override
  public boolean isFree() {
    return count.get() <= 0;
  }
}
