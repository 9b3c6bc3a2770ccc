package io.flvkit.buffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the log in one piece of memory. Records never straddle segments, so a segment starts
 * and ends at a border of records. A segment object is used once; only its memory is recycled.
 *
 * <p>The bytes below the window's head never change while the memory is held. Any thread may call
 * the public methods.
 */
public final class Segment {
  private final long startPosition;
  private final SegmentMemory memory;
  private final ByteBuffer writeView;
  private final RecordIndex records;
  private final JoinIndex joins = new JoinIndex();
  private final AtomicInteger sealedBytes = new AtomicInteger(Integer.MAX_VALUE);
  private int writtenBytes; // writer only

  Segment(long startPosition, SegmentMemory memory, int expectedRecords) {
    this.startPosition = startPosition;
    this.memory = memory;
    this.writeView = memory.bytes().duplicate().clear();
    this.records = new RecordIndex(expectedRecords);
  }

  /** Position of the segment's first byte in the log. */
  public long startPosition() {
    return startPosition;
  }

  /** The memory as the allocator returned it. To be read only while it is held. */
  public SegmentMemory memory() {
    return memory;
  }

  /** Holds the memory, unless it has been given back already. Returns whether it did. */
  public boolean tryRetain() {
    return memory.tryRetain();
  }

  /** Gives up one hold on the memory. */
  public void release() {
    memory.release();
  }

  /**
   * A new read-only view of {@code length} bytes from {@code offset}, which are below the window's
   * head. To be read only while the memory is held.
   */
  public ByteBuffer view(int offset, int length) {
    return memory
        .bytes()
        .duplicate()
        .clear()
        .position(offset)
        .limit(offset + length)
        .slice()
        .asReadOnlyBuffer();
  }

  // The writer's side.

  int freeBytes() {
    return writeView.capacity() - writtenBytes;
  }

  int writtenBytes() {
    return writtenBytes;
  }

  ByteBuffer claim(int bytes) {
    return writeView.order(ByteOrder.BIG_ENDIAN).limit(writtenBytes + bytes).position(writtenBytes);
  }

  boolean isFilled(int claimedBytes) {
    return writeView.position() == writtenBytes + claimedBytes;
  }

  void add(int bytes, int kind, long clockMillis, int fingerprint, @Nullable JoinPoint joinPoint) {
    writtenBytes += bytes;
    records.add(writtenBytes, kind, clockMillis, fingerprint);
    if (joinPoint != null) {
      joins.add(joinPoint);
    }
  }

  /** No more records will come. Called before the first record of the next segment. */
  void seal() {
    // Release; pairs with the acquire in `readableBytes`. It also comes before the release of any
    // head beyond this segment, so who has acquired such a head sees the seal.
    sealedBytes.setRelease(writtenBytes);
  }

  // The readers' side.

  RecordIndex records() {
    return records;
  }

  JoinIndex joins() {
    return joins;
  }

  int capacityBytes() {
    return writeView.capacity();
  }

  /** Bytes from the start that a reader who has acquired {@code head} may read. */
  int readableBytes(long head) {
    // Acquire; pairs with the release in `seal`.
    return (int) Math.min(head - startPosition, sealedBytes.getAcquire());
  }

  boolean holds(long position, long head) {
    return position >= startPosition && position - startPosition < readableBytes(head);
  }

  int offsetOf(long position) {
    return (int) (position - startPosition);
  }

  /**
   * Bytes from {@code offset} to the last border of records within {@code maxBytes}, or to the end
   * of the record there if that is longer; at most to {@code limit}, which is a border.
   */
  int runBytes(int offset, int limit, int maxBytes) {
    if (limit - offset <= maxBytes) {
      return limit - offset;
    }
    int beyond = records.find(offset + maxBytes);
    int border = records.startOf(beyond);
    return (border > offset ? border : records.endOf(beyond)) - offset;
  }
}
