package io.flvkit.buffer;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A log of records of which the newest part is kept: one writer, any number of readers, no locks. A
 * position is a byte offset in the endless log; the window holds the bytes from {@link
 * #tailPosition()} to {@link #headPosition()}, both at a border of records.
 *
 * <p><b>Writer.</b> {@link #append} (or {@link #claim} and {@link #commit}) adds records, {@link
 * #publish} makes them readable, all of them at once. These methods, {@link #markJoinPoint}, {@link
 * #close} and {@link #discard} belong to one thread at a time; a change of thread needs a
 * happens-before edge of the caller's making. The writer never waits and allocates only for
 * segments.
 *
 * <p><b>Readers.</b> All other methods may be called by any thread. A {@link Cursor} reads bytes, a
 * {@link RecordCursor} record by record.
 *
 * <p><b>Memory ordering.</b> A publish is one release store of the head; a look at the window is an
 * acquire load of it. What the writer did before the publish (bytes, indexes, the attached
 * contexts' construction) happens before what a reader does after it has seen that head. Memory of
 * a segment is reused only after the window and every reader have released it.
 */
public final class SlidingWindow {
  private final WindowLimits limits;
  private final AtomicReference<Directory> directory = new AtomicReference<>(Directory.EMPTY);
  private final LogWriter log;
  private final Trimmer trimmer;

  private final AtomicLong head = new AtomicLong();
  private final AtomicLong headClockMillis = new AtomicLong();
  private final AtomicReference<@Nullable JoinPoint> newestJoinPoint = new AtomicReference<>();
  private final AtomicReference<@Nullable Object> closeReason = new AtomicReference<>();

  private SlidingWindow(WindowLimits limits, SegmentAllocator allocator) {
    this.limits = limits;
    this.log = new LogWriter(limits, allocator, directory);
    this.trimmer = new Trimmer(limits, log, directory);
  }

  /** An empty window at position 0. */
  public static SlidingWindow create(WindowLimits limits, SegmentAllocator allocator) {
    return new SlidingWindow(limits, allocator);
  }

  // The writer's side.

  /**
   * Appends a record. The buffer's position and limit stay as they are.
   *
   * @param kind what the record is, in the caller's terms
   * @param clockMillis the window's clock; a value before the last one counts as the last one
   * @param fingerprint what the caller compares records by; any value
   * @throws WindowException if the record is empty or longer than {@link WindowLimits#maxBytes}, or
   *     the window is closed
   */
  public void append(ByteBuffer record, int kind, long clockMillis, int fingerprint) {
    put(claim(record.remaining()), record);
    log.commit(kind, clockMillis, fingerprint);
  }

  /** Appends a record that consists of two pieces; otherwise as the other form. */
  public void append(
      ByteBuffer first, ByteBuffer second, int kind, long clockMillis, int fingerprint) {
    ByteBuffer to = claim(Math.addExact(first.remaining(), second.remaining()));
    put(to, first);
    put(to, second);
    log.commit(kind, clockMillis, fingerprint);
  }

  private static void put(ByteBuffer to, ByteBuffer from) {
    to.put(to.position(), from, from.position(), from.remaining());
    to.position(to.position() + from.remaining());
  }

  /**
   * Space for a record of {@code bytes} bytes, to be filled with relative puts and then committed.
   * The buffer belongs to the window and is good until the next call of a writer's method; a claim
   * that is not committed leaves no trace. Publishes first what would otherwise not fit in the
   * window.
   *
   * @throws WindowException as {@link #append}
   */
  public ByteBuffer claim(int bytes) {
    checkOpen();
    if (bytes <= 0 || bytes > limits.maxBytes()) {
      throw new WindowException("record of " + bytes + " bytes", log.endPosition());
    }
    if (log.endPosition() - head.getPlain() + bytes > limits.maxBytes()) {
      publish(); // bounds what lies unpublished
    }
    return log.claim(bytes);
  }

  /**
   * Appends the record that was claimed; parameters as in {@link #append}.
   *
   * @throws WindowException if there is no claim or it has not been filled to its end
   */
  public void commit(int kind, long clockMillis, int fingerprint) {
    checkOpen();
    log.commit(kind, clockMillis, fingerprint);
  }

  /**
   * Makes the next record a join point.
   *
   * @param ptsMillis presentation time, kept as it is
   * @param context an immutable object that readers who start there need
   */
  public void markJoinPoint(long ptsMillis, @Nullable Object context) {
    log.markJoinPoint(ptsMillis, context);
  }

  /** Makes everything appended so far readable, then drops what the limits no longer allow. */
  public void publish() {
    checkOpen();
    if (log.endPosition() == head.getPlain()) {
      return;
    }
    // Release; pairs with the acquire in `headClockMillis`. Before the head: a reader who
    // sees a record sees a clock at least as late.
    headClockMillis.setRelease(log.clockMillis());
    // Release; pairs with the acquire in `headPosition`: this is what makes records readable.
    head.setRelease(log.endPosition());
    // Release; pairs with the acquire in `newestJoinPoint`. After the head: who sees the join point
    // sees a head beyond it.
    newestJoinPoint.setRelease(log.newestJoinPoint());
    trimmer.trim();
  }

  /**
   * Drops now what lies before the newest join point and is older than that, by the window's clock;
   * for writers that are short of memory.
   */
  public void trim(long maxMillis) {
    checkOpen();
    publish();
    trimmer.trim(maxMillis);
  }

  /**
   * Publishes what was appended and ends the log: readers get the rest, then {@link
   * ReadStatus#CLOSED}. A second call does nothing. The memory stays until {@link #discard}.
   */
  public void close(Object reason) {
    if (isClosed()) {
      return;
    }
    publish();
    // Release; pairs with the acquire in `isClosed`: who sees it sees the last head.
    closeReason.setRelease(reason);
  }

  /**
   * Gives back the memory of a closed window, but for what readers hold. A cursor with bytes left
   * to read is {@link ReadStatus#LAPPED} then.
   *
   * @throws WindowException if the window is open
   */
  public void discard() {
    if (!isClosed()) {
      throw new WindowException("discard of an open window", log.endPosition());
    }
    log.discard();
    trimmer.discard();
  }

  private void checkOpen() {
    if (closeReason.getPlain() != null) {
      throw new WindowException("the window is closed", log.endPosition());
    }
  }

  // The readers' side.

  /** Position after the newest published record. */
  public long headPosition() {
    // Acquire; pairs with the release in `publish`.
    return head.getAcquire();
  }

  /** Position of the oldest record in the window; the head while it is empty. */
  public long tailPosition() {
    return trimmer.tailPosition();
  }

  /** The window's clock at the newest published record; 0 before the first one. */
  public long headClockMillis() {
    // Acquire; pairs with the release in `publish`.
    return headClockMillis.getAcquire();
  }

  /** Clock of the newest record minus clock of the oldest one in the window. */
  public long durationMillis() {
    long from = trimmer.tailClockMillis();
    long to = headClockMillis();
    return from > to ? 0 : to - from;
  }

  /** Whether the writer has closed the window. */
  public boolean isClosed() {
    // Acquire; pairs with the release in `close`.
    return closeReason.getAcquire() != null;
  }

  /** Why the window was closed, as the writer said; empty while it is open. */
  public Optional<Object> closeReason() {
    // Acquire; pairs with the release in `close`.
    return Optional.ofNullable(closeReason.getAcquire());
  }

  /** A new reader. */
  public Cursor cursor(JoinAt at) {
    Optional<JoinPoint> start =
        switch (at) {
          case NEWEST_JOIN_POINT -> newestJoinPoint();
          case OLDEST_JOIN_POINT -> oldestJoinPoint();
          case HEAD -> Optional.empty();
        };
    return new Cursor(this, start.map(JoinPoint::position).orElseGet(this::headPosition));
  }

  /** A new reader that starts at a join point of this window. */
  public Cursor cursor(JoinPoint at) {
    return new Cursor(this, at.position());
  }

  /** A new reader of single records, from a position that is a border of records. */
  public RecordCursor records(long fromPosition) {
    return new RecordCursor(this, fromPosition);
  }

  /** The newest join point, if the window still holds it. */
  public Optional<JoinPoint> newestJoinPoint() {
    // The tail first: the join point read after it is at least as new as that tail, so one
    // that lies before the tail really is the newest.
    long start = tailPosition();
    // Acquire; pairs with the release in `publish`.
    JoinPoint newest = newestJoinPoint.getAcquire();
    return newest == null || newest.position() < start ? Optional.empty() : Optional.of(newest);
  }

  /** The oldest join point that the window holds. */
  public Optional<JoinPoint> oldestJoinPoint() {
    JoinWalk walk = joinPoints();
    JoinPoint oldest = null;
    for (JoinPoint point = walk.older(); point != null; point = walk.older()) {
      oldest = point;
    }
    return Optional.ofNullable(oldest);
  }

  /** The newest join point whose clock is at or before {@code clockMillis}. */
  public Optional<JoinPoint> joinPointAtOrBefore(long clockMillis) {
    JoinWalk walk = joinPoints();
    JoinPoint point = walk.older();
    while (point != null && point.clockMillis() > clockMillis) {
      point = walk.older();
    }
    return Optional.ofNullable(point);
  }

  /**
   * The newest join point whose presentation time is at or before {@code ptsMillis}, among those
   * since that time last stepped back.
   */
  public Optional<JoinPoint> joinPointAtOrBeforePts(long ptsMillis) {
    JoinWalk walk = joinPoints();
    long newer = Long.MAX_VALUE;
    JoinPoint point = walk.older();
    while (point != null && point.ptsMillis() <= newer) {
      if (point.ptsMillis() <= ptsMillis) {
        return Optional.of(point);
      }
      newer = point.ptsMillis();
      point = walk.older();
    }
    return Optional.empty();
  }

  /**
   * The oldest join point whose presentation time is after {@code ptsMillis}, among those since
   * that time last stepped back.
   */
  public Optional<JoinPoint> joinPointAfterPts(long ptsMillis) {
    JoinWalk walk = joinPoints();
    JoinPoint found = null;
    JoinPoint point = walk.older();
    while (point != null
        && point.ptsMillis() > ptsMillis
        && (found == null || point.ptsMillis() <= found.ptsMillis())) {
      found = point;
      point = walk.older();
    }
    return Optional.ofNullable(found);
  }

  private JoinWalk joinPoints() {
    long end = headPosition();
    long start = tailPosition();
    return new JoinWalk(directory(), start, end);
  }

  /** Figures for operators. */
  public WindowStats stats() {
    long end = headPosition();
    return new WindowStats(
        Math.max(0, end - tailPosition()),
        durationMillis(),
        trimmer.liveRecords(),
        trimmer.liveJoinPoints(),
        directory().capacityBytes(),
        trimmer.pinned().bytes(),
        log.allocatedBytes(),
        end);
  }

  private Directory directory() {
    // Acquire; pairs with the releases in `LogWriter.commit` and `Trimmer.retire`.
    return directory.getAcquire();
  }

  /** The segment that holds a position below an acquired head; null if it has left the window. */
  @Nullable Segment segmentAt(long position) {
    Directory segments = directory();
    int i = segments.find(position);
    return i < 0 ? null : segments.at(i);
  }
}
