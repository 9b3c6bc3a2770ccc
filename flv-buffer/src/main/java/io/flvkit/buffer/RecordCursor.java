package io.flvkit.buffer;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a window record by record: to fill a filtered window, to compare streams at a splice. It
 * holds the segment of its record, so the bytes stay good until the next call of {@link #next} or
 * {@link #close}. Confined to one thread at a time.
 */
public final class RecordCursor implements AutoCloseable {
  private final SlidingWindow window;
  private long nextPosition;
  private @Nullable Segment segment; // held
  private @Nullable ByteBuffer view;
  private int record = -1;

  RecordCursor(SlidingWindow window, long position) {
    this.window = window;
    this.nextPosition = position;
  }

  /** Moves to the next record. Only after {@link ReadStatus#READY} there is one to ask about. */
  public ReadStatus next() {
    record = -1;
    long head = window.headPosition();
    if (nextPosition >= head) {
      if (!window.isClosed()) {
        return ReadStatus.EMPTY;
      }
      head = window.headPosition(); // the last one, now that the close has been seen
      if (nextPosition >= head) {
        return ReadStatus.CLOSED;
      }
    }
    if (nextPosition < window.tailPosition()) {
      return ReadStatus.LAPPED;
    }
    Segment at = segment;
    if (at == null || !at.holds(nextPosition, head)) {
      at = window.segmentAt(nextPosition);
      if (at == null || !at.tryRetain()) {
        return ReadStatus.LAPPED;
      }
      close();
      segment = at;
      view = at.memory().bytes().duplicate().clear();
    }
    record = at.records().find(at.offsetOf(nextPosition));
    nextPosition = at.startPosition() + at.records().endOf(record);
    return ReadStatus.READY;
  }

  /** Position of the record's first byte. */
  public long position() {
    return segment().startPosition() + segment().records().startOf(record);
  }

  /** Size of the record in bytes. */
  public int length() {
    return segment().records().endOf(record) - segment().records().startOf(record);
  }

  /** The record's bytes: a view that is used again for the next record. To be read only. */
  public ByteBuffer bytes() {
    RecordIndex records = segment().records();
    if (view == null) {
      throw new WindowException("no record", nextPosition);
    }
    return view.limit(records.endOf(record)).position(records.startOf(record));
  }

  /** What the record is, in the writer's terms. */
  public int kind() {
    return segment().records().kindOf(record);
  }

  /** The window's clock at the record. */
  public long clockMillis() {
    return segment().records().clockMillisOf(record);
  }

  /** What the writer compares records by. */
  public int fingerprint() {
    return segment().records().fingerprintOf(record);
  }

  /** The join point at this record, if it is one. */
  public Optional<JoinPoint> joinPoint() {
    return Optional.ofNullable(segment().joins().atPosition(position()));
  }

  private Segment segment() {
    Segment at = segment;
    if (at == null || record < 0) {
      throw new WindowException("no record", nextPosition);
    }
    return at;
  }

  /** Releases the segment. The next {@link #next} goes on after the last record. */
  @Override
  public void close() {
    Segment held = segment;
    if (held != null) {
      segment = null;
      view = null;
      held.release();
    }
  }
}
