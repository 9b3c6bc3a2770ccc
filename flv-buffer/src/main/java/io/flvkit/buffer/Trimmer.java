package io.flvkit.buffer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The end of the log where records leave: decides by {@link WindowLimits} where the tail is, and
 * gives back segments that lie wholly before it. Runs on the writer.
 */
final class Trimmer {
  private static final long EMPTY = Long.MAX_VALUE;

  private final WindowLimits limits;
  private final LogWriter log;
  private final AtomicReference<Directory> directory;
  private final PinnedMemory pinned = new PinnedMemory();

  private final AtomicLong tail = new AtomicLong();
  private final AtomicLong tailClockMillis = new AtomicLong(EMPTY);
  private final AtomicLong liveRecords = new AtomicLong();
  private final AtomicLong liveJoinPoints = new AtomicLong();

  // The oldest record, as indexes into the directory and into its segment. Writer only.
  private int oldestSegment;
  private int oldestRecord;
  private int oldestJoin;
  private long droppedRecords;
  private long droppedJoins;

  Trimmer(WindowLimits limits, LogWriter log, AtomicReference<Directory> directory) {
    this.limits = limits;
    this.log = log;
    this.directory = directory;
  }

  long tailPosition() {
    // Acquire; pairs with the release in `publishTail`.
    return tail.getAcquire();
  }

  /** Clock of the oldest record; the largest number while there is none. */
  long tailClockMillis() {
    // Acquire; pairs with the release in `publishTail`.
    return tailClockMillis.getAcquire();
  }

  // The counts are statistics that no other access depends on: opaque is enough.

  long liveRecords() {
    return liveRecords.getOpaque();
  }

  long liveJoinPoints() {
    return liveJoinPoints.getOpaque();
  }

  PinnedMemory pinned() {
    return pinned;
  }

  /** Drops what the limits do not allow. All records of the log are published. */
  void trim() {
    trim(limits.maxMillis());
  }

  /** The same with another limit of age. */
  void trim(long maxMillis) {
    if (log.records() == droppedRecords) {
      return;
    }
    long end = log.endPosition();
    JoinPoint join = log.newestJoinPoint();
    long keepFrom = join == null ? end : join.position();
    long position = tail.getPlain();
    // The newest record always stays: it fits in the window and is of no age.
    while (end - position > limits.maxBytes()
        || log.records() - droppedRecords > limits.maxRecords()
        || (position < keepFrom && oldestAgeMillis() > maxMillis)) {
      position = dropOldest(position);
    }
    publishTail(position, oldestClockMillis());
  }

  /** Drops everything. */
  void discard() {
    droppedRecords = log.records();
    droppedJoins = log.joinPoints();
    oldestSegment = directory.getPlain().count();
    publishTail(log.endPosition(), EMPTY);
  }

  private long oldestClockMillis() {
    return directory.getPlain().at(oldestSegment).records().clockMillisOf(oldestRecord);
  }

  private long oldestAgeMillis() {
    return log.clockMillis() - oldestClockMillis();
  }

  private long dropOldest(long position) {
    Directory segments = directory.getPlain();
    Segment segment = segments.at(oldestSegment);
    JoinIndex joins = segment.joins();
    if (oldestJoin < joins.count() && joins.at(oldestJoin).position() == position) {
      oldestJoin++;
      droppedJoins++;
    }
    droppedRecords++;
    long next = segment.startPosition() + segment.records().endOf(oldestRecord);
    oldestRecord++;
    if (oldestRecord == segment.records().count() && oldestSegment + 1 < segments.count()) {
      oldestSegment++;
      oldestRecord = 0;
      oldestJoin = 0;
    }
    return next;
  }

  private void publishTail(long position, long clockMillis) {
    liveRecords.setOpaque(log.records() - droppedRecords);
    liveJoinPoints.setOpaque(log.joinPoints() - droppedJoins);
    // Release; pairs with the acquire in `tailClockMillis`.
    tailClockMillis.setRelease(clockMillis);
    // Release; pairs with the acquire in `tailPosition`. A reader that has missed it may still find
    // a segment that is given back below: then `tryRetain` decides.
    tail.setRelease(position);
    if (oldestSegment > 0) {
      retire(oldestSegment);
      oldestSegment = 0;
    }
  }

  private void retire(int count) {
    Directory before = directory.getPlain();
    // Release; pairs with the acquire in `SlidingWindow.directory`.
    directory.setRelease(before.withoutOldest(count));
    pinned.prune();
    for (int i = 0; i < count; i++) {
      before.at(i).release();
      pinned.add(before.at(i));
    }
  }
}
