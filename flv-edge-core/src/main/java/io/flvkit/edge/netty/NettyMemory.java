package io.flvkit.edge.netty;

import io.flvkit.buffer.Segment;
import io.flvkit.buffer.SegmentAllocator;
import io.flvkit.buffer.SegmentMemory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.unix.Buffer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory of a window's segment in a pooled buffer of Netty.
 *
 * <p>The segment's holds are counted here, not in the buffer: a pooled buffer object comes back to
 * life for another segment, this object never does. All holds together are one reference to the
 * buffer; a write in flight has a reference of its own. Slices of a pooled buffer are recycled, so
 * a write leaves no garbage.
 */
final class NettyMemory implements SegmentMemory {
  private final ByteBuf buffer;
  private final ByteBuffer bytes;
  private final long address;
  private final AtomicInteger holds = new AtomicInteger(1);
  private final SegmentAccount account;

  private NettyMemory(int capacity, SegmentAccount account) {
    this.account = account;
    buffer = PooledByteBufAllocator.DEFAULT.directBuffer(capacity, capacity);
    account.taken(capacity);
    buffer.writerIndex(capacity);
    bytes = buffer.nioBuffer(0, capacity);
    address = Gather.isAvailable() ? Buffer.memoryAddress(bytes) : 0;
  }

  /**
   * Allocates segments for windows whose viewers are channels of Netty.
   *
   * @param account counts what is held, by windows and by writes of viewers
   */
  static SegmentAllocator allocator(SegmentAccount account) {
    return bytes -> new NettyMemory(bytes, account);
  }

  /**
   * Where a held segment from {@link #allocator} begins in memory; only where {@link
   * Gather#isAvailable}.
   */
  static long addressOf(Segment segment) {
    return ((NettyMemory) segment.memory()).address;
  }

  /** A view of a held segment from {@link #allocator}, with a reference of its own. */
  static ByteBuf slice(Segment segment, int offset, int lengthBytes) {
    return ((NettyMemory) segment.memory()).buffer.retainedSlice(offset, lengthBytes);
  }

  @Override
  public ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public boolean tryRetain() {
    int count;
    do {
      count = holds.get();
      if (count == 0) {
        return false;
      }
    } while (!holds.compareAndSet(count, count + 1));
    return true;
  }

  @Override
  public void release() {
    int left = holds.decrementAndGet();
    if (left < 0) {
      throw new IllegalStateException("released more often than held");
    }
    if (left == 0) {
      account.letGo(this);
    }
  }

  /** Gives the buffer back if no write has a reference to it; nobody can take one any more. */
  boolean freeUnlessWritten() {
    return buffer.refCnt() == 1 && buffer.release();
  }

  @Override
  public boolean isFree() {
    return holds.get() == 0;
  }
}
