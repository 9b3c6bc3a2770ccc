package io.flvkit.bench.buffer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.JoinPoint;
import io.flvkit.buffer.RecordCursor;
import io.flvkit.buffer.SlidingWindow;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What a reader sees of a publish. */
public final class PublishStress {
  private PublishStress() {}

  /** Is a record that shows complete, in the first segment of a window? */
  @JCStressTest
  @State
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "not published yet")
  @Outcome(id = "11", expect = ACCEPTABLE, desc = "the whole record")
  @Outcome(expect = FORBIDDEN, desc = "a torn record")
  public static class Complete {
    private final SlidingWindow window = Windows.ofRecords(4, 4);
    private final Cursor cursor = window.cursor(JoinAt.HEAD);

    @Actor
    public void write() {
      Windows.append(window, 1);
      window.publish();
    }

    @Actor
    public void read(I_Result result) {
      result.r1 = Windows.read(cursor);
    }
  }

  /** Do the records of one publish show together, across segments, and in order? */
  @JCStressTest
  @State
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "both looks came before the publish")
  @Outcome(id = "-1, 11", expect = ACCEPTABLE, desc = "published between the looks")
  @Outcome(id = "11, 22", expect = ACCEPTABLE, desc = "both records, in order")
  @Outcome(id = "11, -1", expect = FORBIDDEN, desc = "half a publish")
  @Outcome(expect = FORBIDDEN, desc = "torn, reordered or unused bytes")
  public static class Together {
    private final SlidingWindow window = Windows.ofRecords(4, 1);
    private final Cursor cursor = window.cursor(JoinAt.HEAD);

    @Actor
    public void write() {
      Windows.append(window, 1);
      Windows.append(window, 2);
      window.publish();
    }

    @Actor
    public void read(II_Result result) {
      result.r1 = Windows.read(cursor);
      result.r2 = Windows.read(cursor);
    }
  }

  /** Does a reader at the end of a segment with unused bytes go on in the next one? */
  @JCStressTest
  @State
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "not published yet")
  @Outcome(id = "22", expect = ACCEPTABLE, desc = "the record in the next segment")
  @Outcome(expect = FORBIDDEN, desc = "bytes that no record has")
  public static class NextSegment {
    private final SlidingWindow window = Windows.ofRecords(4, 2);
    private final Cursor cursor = window.cursor(JoinAt.HEAD);

    public NextSegment() {
      Windows.append(window, 1);
      window.publish();
      Windows.read(cursor);
    }

    @Actor
    public void write() {
      window.claim(2 * Windows.RECORD_BYTES); // too long for the rest, so the segment is sealed
      Windows.append(window, 2);
      window.publish();
    }

    @Actor
    public void read(I_Result result) {
      result.r1 = Windows.read(cursor);
    }
  }

  /** Is the index right while it grows under a reader? Records 1 to 4 are there, 5 and 6 come. */
  @JCStressTest
  @State
  @Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "size and kind of the third record")
  @Outcome(expect = FORBIDDEN, desc = "an entry that was never written")
  public static class GrowingIndex {
    private final SlidingWindow window = Windows.ofRecords(8, 8);
    private final Cursor cursor = window.cursor(JoinAt.HEAD);
    private final RecordCursor records = window.records(2 * Windows.RECORD_BYTES);

    public GrowingIndex() {
      for (int digit = 1; digit <= 4; digit++) {
        Windows.append(window, digit);
      }
      window.publish();
      Windows.read(cursor);
      Windows.read(cursor);
    }

    @Actor
    public void write() {
      Windows.append(window, 5);
      Windows.append(window, 6);
      window.publish();
    }

    @Actor
    public void read(II_Result result) {
      cursor.peek(1);
      result.r1 = cursor.length();
      records.next();
      result.r2 = records.kind();
      records.close();
    }
  }

  /** Does a join point show only with its record and with what the writer attached? */
  @JCStressTest
  @State
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "no join point yet")
  @Outcome(id = "42, 11", expect = ACCEPTABLE, desc = "the join point, its context and its record")
  @Outcome(id = "42, -1", expect = FORBIDDEN, desc = "a join point ahead of the head")
  @Outcome(id = "0, 11", expect = FORBIDDEN, desc = "a context that is not constructed")
  @Outcome(expect = FORBIDDEN, desc = "torn")
  public static class Join {
    /** Not final on purpose: it is the publish that makes it visible. */
    static final class Context {
      int value;
    }

    private final SlidingWindow window = Windows.ofRecords(4, 4);

    @Actor
    public void write() {
      Context context = new Context();
      context.value = 42;
      window.markJoinPoint(0, context);
      Windows.append(window, 1);
      window.publish();
    }

    @Actor
    public void read(II_Result result) {
      Optional<JoinPoint> point = window.newestJoinPoint();
      if (point.isPresent() && point.get().context() instanceof Context context) {
        result.r1 = context.value;
        result.r2 = Windows.read(window.cursor(point.get()));
      }
    }
  }

  /** Does a reader get the last record before it is told of the end? */
  @JCStressTest
  @State
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "both looks came before the publish")
  @Outcome(id = "-1, 11", expect = ACCEPTABLE, desc = "published between the looks")
  @Outcome(id = "11, -1", expect = ACCEPTABLE, desc = "the record, and not closed yet")
  @Outcome(id = "11, -3", expect = ACCEPTABLE, desc = "the record, then the end")
  @Outcome(id = "-3, .*", expect = FORBIDDEN, desc = "the end before the last record")
  @Outcome(id = "-1, -3", expect = FORBIDDEN, desc = "the last record lost")
  @Outcome(expect = FORBIDDEN, desc = "torn")
  public static class Close {
    private final SlidingWindow window = Windows.ofRecords(4, 4);
    private final Cursor cursor = window.cursor(JoinAt.HEAD);

    @Actor
    public void write() {
      Windows.append(window, 1);
      window.close("ended");
    }

    @Actor
    public void read(II_Result result) {
      result.r1 = Windows.read(cursor);
      result.r2 = Windows.read(cursor);
    }
  }
}
