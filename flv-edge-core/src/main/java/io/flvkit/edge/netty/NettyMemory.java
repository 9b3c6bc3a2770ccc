package io.flvkit.edge.netty;

import io.flvkit.buffer.Segment;
import io.flvkit.buffer.SegmentAllocator;
import io.flvkit.buffer.SegmentMemory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import java.nio.ByteBuffer;

/**
 * The memory of a window's segment as a buffer of Netty, whose reference count is the segment's: a
 * write in flight holds the segment until the socket took its last byte. The buffer is not pooled,
 * so its object never comes back to life.
 */
final class NettyMemory implements SegmentMemory {
  private final ByteBuf buffer;
  private final ByteBuffer bytes;

  private NettyMemory(int capacity) {
    buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(capacity, capacity);
    buffer.writerIndex(capacity);
    bytes = buffer.nioBuffer(0, capacity);
  }

  /** Allocates segments for windows whose viewers are channels of Netty. */
  static SegmentAllocator allocator() {
    return NettyMemory::new;
  }

  /** The memory of a segment that came from {@link #allocator}. */
  static NettyMemory of(Segment segment) {
    return (NettyMemory) segment.memory();
  }

  /** A view; releasing it gives up one hold on the segment. */
  ByteBuf slice(int offset, int lengthBytes) {
    return buffer.slice(offset, lengthBytes);
  }

  @Override
  public ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public boolean tryRetain() {
    try {
      buffer.retain();
      return true;
    } catch (IllegalReferenceCountException e) {
      return false;
    }
  }

  @Override
  public void release() {
    buffer.release();
  }

  @Override
  public boolean isFree() {
    return buffer.refCnt() == 0;
  }
}
