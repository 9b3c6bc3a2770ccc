package io.flvkit.edge.simulation;

import io.flvkit.buffer.SegmentAllocator;
import io.flvkit.buffer.SegmentMemory;
import java.nio.ByteBuffer;

/** Memory of windows, counted, and spoilt when it is given back. */
public final class CountedMemory implements SegmentAllocator {
  private static final byte SPOILT = (byte) 0xDE;

  private long bytes;

  /** Bytes that are held now. */
  public long bytes() {
    return bytes;
  }

  @Override
  public SegmentMemory allocate(int size) {
    bytes += size;
    return new Piece(ByteBuffer.allocate(size));
  }

  private final class Piece implements SegmentMemory {
    private final ByteBuffer buffer;
    private int holds = 1;

    Piece(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public ByteBuffer bytes() {
      return buffer;
    }

    @Override
    public boolean tryRetain() {
      holds += holds > 0 ? 1 : 0;
      return holds > 0;
    }

    @Override
    public void release() {
      holds--;
      if (holds < 0) {
        throw new BrokenRule("memory was released more often than held");
      }
      if (holds == 0) {
        bytes -= buffer.capacity();
        for (int i = 0; i < buffer.capacity(); i++) {
          buffer.put(i, SPOILT);
        }
      }
    }

    @Override
    public boolean isFree() {
      return holds == 0;
    }
  }
}
