package io.flvkit.buffer;

import org.jspecify.annotations.Nullable;

/**
 * A reader of a window: a position and nothing else. The window does not know of it, so there is
 * nothing to close. Confined to one thread at a time.
 *
 * <p>{@link #next} describes a run of bytes, {@link #advance} moves past what has been taken of it;
 * neither allocates. After a partial write nothing but the position needs remembering: the next run
 * starts there, inside a record if need be.
 */
public final class Cursor {
  private final SlidingWindow window;
  private long position;
  private @Nullable Segment segment; // the one looked at last; not held
  private int offset;
  private int length;

  Cursor(SlidingWindow window, long position) {
    this.window = window;
    this.position = position;
  }

  /** Position of the next byte to read. */
  public long position() {
    return position;
  }

  /** Goes on at a join point of this window. */
  public void moveTo(JoinPoint joinPoint) {
    moveTo(joinPoint.position());
  }

  /** Goes on at the head, with what is published from now on. */
  public void moveToHead() {
    moveTo(window.headPosition());
  }

  private void moveTo(long newPosition) {
    position = newPosition;
    length = 0;
  }

  /**
   * Looks at what comes next. {@link ReadStatus#READY} describes a run in {@link #segment()}: as
   * many whole records as fit in {@code maxBytes}, at least the rest of one record, and no further
   * than the segment's end. The segment is held for the caller then, who releases it once when done
   * with these bytes.
   *
   * @param maxBytes at least 1
   */
  public ReadStatus next(int maxBytes) {
    ReadStatus status = peek(maxBytes);
    if (status == ReadStatus.READY && !segment().tryRetain()) {
      // The writer gave it back after `peek` had looked at the tail.
      return nothing(ReadStatus.LAPPED);
    }
    return status;
  }

  /**
   * As {@link #next}, but the segment is not held: the bytes may be read only while the caller
   * holds it in another way, such as from an earlier cursor at the same place. A later {@link
   * Segment#tryRetain} that fails means {@link ReadStatus#LAPPED}.
   */
  public ReadStatus peek(int maxBytes) {
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("maxBytes " + maxBytes);
    }
    long head = window.headPosition();
    if (position >= head) {
      if (!window.isClosed()) {
        return nothing(ReadStatus.EMPTY);
      }
      head = window.headPosition(); // the last one, now that the close has been seen
      if (position >= head) {
        return nothing(ReadStatus.CLOSED);
      }
    }
    Segment at = position < window.tailPosition() ? null : locate(head);
    if (at == null) {
      return nothing(ReadStatus.LAPPED);
    }
    segment = at;
    offset = at.offsetOf(position);
    length = at.runBytes(offset, at.readableBytes(head), maxBytes);
    return ReadStatus.READY;
  }

  private @Nullable Segment locate(long head) {
    Segment last = segment;
    return last != null && last.holds(position, head) ? last : window.segmentAt(position);
  }

  private ReadStatus nothing(ReadStatus status) {
    length = 0;
    return status;
  }

  /** The segment of the run that was described last. */
  public Segment segment() {
    Segment at = segment;
    if (at == null) {
      throw new WindowException("no run has been described", position);
    }
    return at;
  }

  /** Where in the segment's memory the rest of the run starts. */
  public int offset() {
    return offset;
  }

  /** Bytes left of the run. */
  public int length() {
    return length;
  }

  /** Moves past {@code bytes} bytes of the run, of which there are at least as many. */
  public void advance(int bytes) {
    if (bytes < 0 || bytes > length) {
      throw new WindowException("advance by " + bytes + " of " + length + " bytes", position);
    }
    position += bytes;
    offset += bytes;
    length -= bytes;
  }

  /** Bytes published and not yet read, whether or not the window still has them. */
  public long lagBytes() {
    return Math.max(0, window.headPosition() - position);
  }

  /**
   * Clock of the newest record minus clock of the next record to read, in milliseconds; 0 when all
   * is read. For a position that has left the window: the window's duration, which is less than the
   * lag.
   */
  public long lagMillis() {
    long head = window.headPosition();
    if (position >= head) {
      return 0;
    }
    Segment at = position < window.tailPosition() ? null : locate(head);
    if (at == null) {
      return window.durationMillis();
    }
    RecordIndex records = at.records();
    long clock = records.clockMillisOf(records.find(at.offsetOf(position)));
    return Math.max(0, window.headClockMillis() - clock);
  }
}
