package io.flvkit.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.buffer.WindowOperation.Abandon;
import io.flvkit.buffer.WindowOperation.Append;
import io.flvkit.buffer.WindowOperation.Close;
import io.flvkit.buffer.WindowOperation.Discard;
import io.flvkit.buffer.WindowOperation.Join;
import io.flvkit.buffer.WindowOperation.Publish;
import io.flvkit.buffer.WindowOperation.Read;
import io.flvkit.buffer.WindowOperation.Release;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Does the same to a window and to its model, and compares all that can be seen of them. */
final class WindowStory {
  /** Memory that a reader holds, with what must be in it. */
  private record Held(Segment segment, int offset, ByteBuffer expected) {
    void assertIntact() {
      assertThat(segment.view(offset, expected.capacity())).isEqualTo(expected);
    }
  }

  private static final class Reader {
    Cursor cursor;
    final List<Held> held = new ArrayList<>();

    Reader(Cursor cursor) {
      this.cursor = cursor;
    }
  }

  final PoisoningAllocator allocator = new PoisoningAllocator();
  final SlidingWindow window;
  private final WindowLimits limits;
  private final WindowModel model;
  private final List<Reader> readers = new ArrayList<>();
  private byte nextByte;
  private int nextKind;

  WindowStory(WindowLimits limits) {
    this.limits = limits;
    window = SlidingWindow.create(limits, allocator);
    model = new WindowModel(limits);
    for (int i = 0; i < BufferArbitraries.READERS; i++) {
      readers.add(new Reader(window.cursor(JoinAt.HEAD)));
    }
  }

  void apply(WindowOperation operation) {
    // Java 17 has no pattern switch.
    if (operation instanceof Append append) {
      append(append);
    } else if (operation instanceof Abandon abandon) {
      abandon(abandon.bytes());
    } else if (operation instanceof Publish) {
      publish();
    } else if (operation instanceof Join join) {
      join(readers.get(join.reader()), join.at());
    } else if (operation instanceof Read read) {
      read(readers.get(read.reader()), read);
    } else if (operation instanceof Release release) {
      release(readers.get(release.reader()));
    } else if (operation instanceof Close) {
      close();
    } else if (operation instanceof Discard) {
      discard();
    }
  }

  void end() {
    close();
    discard();
    readers.forEach(this::release);
  }

  private void append(Append append) {
    ByteBuffer record = ByteBuffer.allocate(append.bytes());
    for (int i = 0; i < record.capacity(); i++) {
      record.put(i, nextByte++);
    }
    int kind = nextKind++;
    int fingerprint = record.hashCode();
    long clock = Math.max(0, model.clock()) + append.clockStepMillis();
    if (model.closed || record.capacity() > limits.maxBytes()) {
      assertThatThrownBy(() -> window.append(record, kind, clock, fingerprint))
          .isInstanceOf(WindowException.class);
      return;
    }
    Object context = append.isJoinPoint() ? "context of " + kind : null;
    if (context != null) {
      window.markJoinPoint(clock, context);
    }
    int split = record.capacity() / 2;
    switch (append.pieces()) {
      case 1 -> window.append(record, kind, clock, fingerprint);
      case 2 ->
          window.append(
              record.slice(0, split),
              record.slice(split, record.capacity() - split),
              kind,
              clock,
              fingerprint);
      default -> {
        window.claim(record.capacity()).put(record.duplicate());
        window.commit(kind, clock, fingerprint);
      }
    }
    model.append(record, kind, clock, fingerprint, context);
  }

  private void abandon(int bytes) {
    if (model.closed || bytes > limits.maxBytes()) {
      assertThatThrownBy(() -> window.claim(bytes)).isInstanceOf(WindowException.class);
      return;
    }
    if (model.end() - model.head() + bytes > limits.maxBytes()) {
      model.publish();
    }
    window.claim(bytes).put((byte) 0);
  }

  private void publish() {
    if (model.closed) {
      assertThatThrownBy(window::publish).isInstanceOf(WindowException.class);
      return;
    }
    window.publish();
    model.publish();
  }

  private void join(Reader reader, JoinAt at) {
    reader.cursor = window.cursor(at);

    List<JoinPoint> points = model.joinPoints();
    long expected =
        switch (at) {
          case NEWEST_JOIN_POINT -> last(points).map(JoinPoint::position).orElse(model.head());
          case OLDEST_JOIN_POINT ->
              points.stream().findFirst().map(JoinPoint::position).orElse(model.head());
          case HEAD -> model.head();
        };
    assertThat(reader.cursor.position()).isEqualTo(expected);
  }

  private void read(Reader reader, Read read) {
    Cursor cursor = reader.cursor;
    long from = cursor.position();

    ReadStatus status = cursor.next(read.maxBytes());

    assertThat(status).isEqualTo(model.statusAt(from));
    if (status != ReadStatus.READY) {
      assertThat(cursor.length()).isZero();
      return;
    }
    assertRun(cursor, read.maxBytes());
    Held run = new Held(cursor.segment(), cursor.offset(), model.bytes(from, cursor.length()));
    run.assertIntact();
    cursor.advance(cursor.length() * read.percent() / 100);
    if (read.keepsHold()) {
      reader.held.add(run);
    } else {
      run.segment().release();
    }
  }

  /** A run ends at a border, keeps to its size, and is not shorter than it need be. */
  private void assertRun(Cursor cursor, int maxBytes) {
    long end = cursor.position() + cursor.length();
    WindowModel.Entry lastEntry = model.entryAt(end - 1);
    assertThat(end).isEqualTo(lastEntry.end());
    if (cursor.length() > maxBytes) {
      assertThat(lastEntry).isSameAs(model.entryAt(cursor.position()));
    }
    if (end < model.head()) {
      int more = model.entryAt(end).bytes().capacity();
      boolean isAtEndOfSegment = window.segmentAt(end) != cursor.segment();
      assertThat(isAtEndOfSegment || cursor.length() + more > maxBytes).isTrue();
    }
  }

  private void release(Reader reader) {
    for (Held held : reader.held) {
      held.assertIntact();
      held.segment().release();
    }
    reader.held.clear();
  }

  private void close() {
    window.close("over");
    if (!model.closed) {
      model.close();
    }
  }

  private void discard() {
    if (!model.closed) {
      assertThatThrownBy(window::discard).isInstanceOf(WindowException.class);
      return;
    }
    window.discard();
    model.discard();
  }

  void assertAgreement() {
    assertThat(window.headPosition()).isEqualTo(model.head());
    assertThat(window.tailPosition()).isEqualTo(model.tail());
    assertThat(window.isClosed()).isEqualTo(model.closed);
    assertStats();
    assertJoinPoints();
    assertRecords();
    for (Reader reader : readers) {
      long position = reader.cursor.position();
      assertThat(reader.cursor.lagBytes()).isEqualTo(model.head() - position);
      assertThat(reader.cursor.lagMillis()).isEqualTo(model.lagMillisAt(position));
      reader.held.forEach(Held::assertIntact);
    }
  }

  private void assertStats() {
    WindowStats stats = window.stats();
    assertThat(stats.bytes()).isEqualTo(model.head() - model.tail());
    assertThat(stats.durationMillis()).isEqualTo(model.durationMillis());
    assertThat(stats.records()).isEqualTo(model.kept().size());
    assertThat(stats.joinPoints()).isEqualTo(model.joinPoints().size());
    assertThat(stats.publishedBytes()).isEqualTo(model.head());
    // The one segment that may be neither in the window nor pinned: claimed, nothing committed.
    assertThat(allocator.liveBytes() - stats.segmentBytes() - stats.pinnedBytes())
        .isBetween(0L, (long) BufferArbitraries.MAX_BYTES);
  }

  private void assertJoinPoints() {
    List<JoinPoint> points = model.joinPoints();
    assertThat(window.newestJoinPoint()).isEqualTo(newestOfAll());
    assertThat(window.oldestJoinPoint()).isEqualTo(points.stream().findFirst());
    for (JoinPoint point : points) {
      for (long millis : new long[] {point.clockMillis(), point.clockMillis() - 1}) {
        assertThat(window.joinPointAtOrBefore(millis))
            .isEqualTo(last(points, candidate -> candidate.clockMillis() <= millis));
      }
      List<JoinPoint> steady = sinceLastStepBack(points);
      for (long millis : new long[] {point.ptsMillis(), point.ptsMillis() - 1}) {
        assertThat(window.joinPointAtOrBeforePts(millis))
            .isEqualTo(last(steady, candidate -> candidate.ptsMillis() <= millis));
        assertThat(window.joinPointAfterPts(millis))
            .isEqualTo(
                steady.stream().filter(candidate -> candidate.ptsMillis() > millis).findFirst());
      }
    }
  }

  private Optional<JoinPoint> newestOfAll() {
    return last(model.joinPoints());
  }

  private static List<JoinPoint> sinceLastStepBack(List<JoinPoint> points) {
    int from = 0;
    for (int i = 1; i < points.size(); i++) {
      from = points.get(i).ptsMillis() < points.get(i - 1).ptsMillis() ? i : from;
    }
    return points.subList(from, points.size());
  }

  private void assertRecords() {
    try (RecordCursor records = window.records(model.tail())) {
      for (WindowModel.Entry entry : model.kept()) {
        assertThat(records.next()).isEqualTo(ReadStatus.READY);
        assertThat(records.position()).isEqualTo(entry.position());
        assertThat(records.length()).isEqualTo(entry.bytes().capacity());
        assertThat(records.bytes()).isEqualTo(entry.bytes());
        assertThat(records.kind()).isEqualTo(entry.kind());
        assertThat(records.clockMillis()).isEqualTo(entry.clock());
        assertThat(records.fingerprint()).isEqualTo(entry.fingerprint());
        assertThat(records.joinPoint()).isEqualTo(Optional.ofNullable(entry.join()));
      }
      assertThat(records.next()).isEqualTo(model.closed ? ReadStatus.CLOSED : ReadStatus.EMPTY);
    }
  }

  private static Optional<JoinPoint> last(List<JoinPoint> points) {
    return last(points, point -> true);
  }

  private static Optional<JoinPoint> last(List<JoinPoint> points, Predicate<JoinPoint> condition) {
    return points.stream().filter(condition).reduce((older, newer) -> newer);
  }
}
