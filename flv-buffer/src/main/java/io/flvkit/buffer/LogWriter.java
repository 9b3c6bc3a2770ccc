package io.flvkit.buffer;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log where records are added: claims space, rolls segments, fills the indexes.
 * Confined to the writer, except for {@link #allocatedBytes}. Nothing here makes a record readable:
 * that is the release of the head in {@link SlidingWindow#publish}.
 */
final class LogWriter {
  private final WindowLimits limits;
  private final SegmentAllocator allocator;
  private final AtomicReference<Directory> directory;
  private final AtomicLong allocatedBytes = new AtomicLong();

  private @Nullable Segment current; // in the directory once it has a record
  private int claimedBytes;
  private long endPosition;
  private long records;
  private long clockMillis = Long.MIN_VALUE;
  private long rollClockMillis; // of the last record before the current segment
  private boolean joinPending;
  private long pendingPtsMillis;
  private @Nullable Object pendingContext;
  private @Nullable JoinPoint newestJoinPoint;
  private long joinPoints;

  LogWriter(WindowLimits limits, SegmentAllocator allocator, AtomicReference<Directory> directory) {
    this.limits = limits;
    this.allocator = allocator;
    this.directory = directory;
  }

  long endPosition() {
    return endPosition;
  }

  long records() {
    return records;
  }

  long joinPoints() {
    return joinPoints;
  }

  /** The newest record's clock; meaningless before the first record. */
  long clockMillis() {
    return clockMillis;
  }

  @Nullable JoinPoint newestJoinPoint() {
    return newestJoinPoint;
  }

  long allocatedBytes() {
    // Opaque is enough: a statistic that no other access depends on.
    return allocatedBytes.getOpaque();
  }

  void markJoinPoint(long ptsMillis, @Nullable Object context) {
    joinPending = true;
    pendingPtsMillis = ptsMillis;
    pendingContext = context;
  }

  ByteBuffer claim(int bytes) {
    Segment segment = current;
    if (segment == null || segment.freeBytes() < bytes) {
      segment = roll(segment, bytes);
    }
    claimedBytes = bytes;
    return segment.claim(bytes);
  }

  private Segment roll(@Nullable Segment full, int bytes) {
    int size =
        full == null
            ? SegmentSize.first(limits, bytes)
            : SegmentSize.next(limits, full, clockMillis - rollClockMillis, bytes);
    int expectedRecords = full == null ? 0 : full.records().count();
    Segment next = new Segment(endPosition, allocator.allocate(size), expectedRecords);
    allocatedBytes.setOpaque(allocatedBytes.getPlain() + size);
    if (full != null && full.writtenBytes() == 0) {
      full.release(); // a claim never committed: nobody has seen it
    } else if (full != null) {
      full.seal();
    }
    rollClockMillis = clockMillis;
    current = next;
    return next;
  }

  void commit(int kind, long recordClockMillis, int fingerprint) {
    Segment segment = current;
    if (segment == null || claimedBytes == 0) {
      throw new WindowException("commit without a claim", endPosition);
    }
    if (!segment.isFilled(claimedBytes)) {
      // Recycled memory: what the caller did not fill would show another stream's bytes.
      throw new WindowException("claimed bytes not filled", endPosition);
    }
    clockMillis = Math.max(clockMillis, recordClockMillis);
    if (records == 0) {
      rollClockMillis = clockMillis;
    }
    JoinPoint joinPoint = null;
    if (joinPending) {
      joinPoint = new JoinPoint(endPosition, clockMillis, pendingPtsMillis, pendingContext);
      newestJoinPoint = joinPoint;
      joinPoints++;
      joinPending = false;
      pendingContext = null;
    }
    boolean first = segment.writtenBytes() == 0;
    segment.add(claimedBytes, kind, clockMillis, fingerprint, joinPoint);
    if (first) {
      // Release; pairs with the acquire in `SlidingWindow.directory`. Comes before the release of
      // a head inside this segment, so who has acquired that head finds the segment.
      directory.setRelease(directory.getPlain().with(segment));
    }
    endPosition += claimedBytes;
    claimedBytes = 0;
    records++;
  }

  /** Lets go of the segment being written; the directory's hold on it, if any, is not touched. */
  void discard() {
    if (current != null && current.writtenBytes() == 0) {
      current.release();
    }
    current = null;
    claimedBytes = 0;
  }
}
