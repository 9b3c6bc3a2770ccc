package io.flvkit.bench.buffer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.flvkit.buffer.Cursor;
import io.flvkit.buffer.JoinAt;
import io.flvkit.buffer.ReadStatus;
import io.flvkit.buffer.RecordCursor;
import io.flvkit.buffer.SegmentAllocator;
import io.flvkit.buffer.SegmentMemory;
import io.flvkit.buffer.SlidingWindow;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What a reader sees of memory that leaves the window and is written again. */
public final class RecycleStress {
  private RecycleStress() {}

  /** The window holds one record, 11, in a segment of its own, and has room for one. */
  public static class OneRecord {
    final SlidingWindow window = Windows.ofRecords(1, 1);
    final Cursor cursor = window.cursor(JoinAt.HEAD);

    OneRecord() {
      window.markJoinPoint(1, "first");
      Windows.append(window, 1);
      window.publish();
    }

    /** 22 takes the place of 11, then 33 is written to the memory that 11 had. */
    void lapTwice() {
      window.markJoinPoint(2, "second");
      Windows.append(window, 2);
      window.publish();
      window.markJoinPoint(3, "third");
      Windows.append(window, 3);
      window.publish();
    }
  }

  /** Does a reader get the bytes of its position or none? */
  @JCStressTest
  @State
  @Outcome(id = "11", expect = ACCEPTABLE, desc = "its record: held before it was given back")
  @Outcome(id = "-2", expect = ACCEPTABLE, desc = "lapped")
  @Outcome(id = "33", expect = FORBIDDEN, desc = "recycled memory under the old position")
  @Outcome(expect = FORBIDDEN, desc = "poisoned, torn or lost")
  public static class Bytes extends OneRecord {
    @Actor
    public void write() {
      lapTwice();
    }

    @Actor
    public void read(I_Result result) {
      result.r1 = Windows.read(cursor);
    }
  }

  /** Does a held run stay as it is however far the writer goes? */
  @JCStressTest
  @State
  @Outcome(id = "11, 11", expect = ACCEPTABLE, desc = "the held record, twice the same")
  @Outcome(id = "-2, -2", expect = ACCEPTABLE, desc = "lapped before it could be held")
  @Outcome(expect = FORBIDDEN, desc = "held memory was written")
  public static class Held extends OneRecord {
    @Actor
    public void write() {
      lapTwice();
    }

    @Actor
    public void read(II_Result result) {
      if (cursor.next(Windows.RECORD_BYTES) != ReadStatus.READY) {
        result.r1 = Windows.LAPPED;
        result.r2 = Windows.LAPPED;
        return;
      }
      result.r1 = number();
      window.headPosition(); // an acquire between the looks, so that the second one is a real one
      result.r2 = number();
      cursor.segment().release();
    }

    private int number() {
      SegmentMemory memory = cursor.segment().memory();
      return 10 * memory.bytes().get(0) + memory.bytes().get(1);
    }
  }

  /** The same by records: are kind and bytes of the same record? */
  @JCStressTest
  @State
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "its record")
  @Outcome(id = "-2, -2", expect = ACCEPTABLE, desc = "lapped")
  @Outcome(expect = FORBIDDEN, desc = "recycled, poisoned or mixed")
  public static class Records extends OneRecord {
    @Actor
    public void write() {
      lapTwice();
    }

    @Actor
    public void read(II_Result result) {
      try (RecordCursor records = window.records(0)) {
        boolean isReady = records.next() == ReadStatus.READY;
        result.r1 = isReady ? records.kind() : Windows.LAPPED;
        result.r2 = isReady ? records.bytes().get() : Windows.LAPPED;
      }
    }
  }

  /** Is there a join point at all times, and is it one that was in force? */
  @JCStressTest
  @State
  @Outcome(id = "1, 11", expect = ACCEPTABLE, desc = "the first")
  @Outcome(id = "1, -2", expect = ACCEPTABLE, desc = "the first, lapped since")
  @Outcome(id = "2, 22", expect = ACCEPTABLE, desc = "the second")
  @Outcome(id = "2, -2", expect = ACCEPTABLE, desc = "the second, lapped since")
  @Outcome(id = "3, 33", expect = ACCEPTABLE, desc = "the third")
  @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "none, though the window always holds one")
  @Outcome(expect = FORBIDDEN, desc = "a join point with other bytes than its own")
  public static class NewestJoin extends OneRecord {
    @Actor
    public void write() {
      lapTwice();
    }

    @Actor
    public void read(II_Result result) {
      window
          .newestJoinPoint()
          .ifPresent(
              point -> {
                result.r1 = (int) point.ptsMillis();
                result.r2 = Windows.read(window.cursor(point));
              });
    }
  }

  /** Does a lapped reader that jumps to the newest join point go on with whole records? */
  @JCStressTest
  @State
  @Outcome(id = "11, 22", expect = ACCEPTABLE, desc = "not lapped; the record after it")
  @Outcome(id = "11, 33", expect = ACCEPTABLE, desc = "lapped after its record; jumped")
  @Outcome(id = "11, -1", expect = ACCEPTABLE, desc = "not lapped, and nothing new yet")
  @Outcome(id = "11, -2", expect = ACCEPTABLE, desc = "lapped, and lapped again")
  @Outcome(id = "22, 33", expect = ACCEPTABLE, desc = "jumped to the second; the record after it")
  @Outcome(id = "22, -1", expect = ACCEPTABLE, desc = "jumped to the second; nothing new yet")
  @Outcome(id = "-2, 33", expect = ACCEPTABLE, desc = "lapped twice, jumped to the third")
  @Outcome(id = "33, -1", expect = ACCEPTABLE, desc = "jumped to the third, the last one")
  @Outcome(expect = FORBIDDEN, desc = "backwards, twice, torn, recycled or poisoned")
  public static class Jump extends OneRecord {
    @Actor
    public void write() {
      lapTwice();
    }

    @Actor
    public void read(II_Result result) {
      result.r1 = readOrJump();
      result.r2 = readOrJump();
    }

    private int readOrJump() {
      int seen = Windows.read(cursor);
      if (seen == Windows.LAPPED) {
        window.newestJoinPoint().ifPresent(cursor::moveTo);
        seen = Windows.read(cursor);
      }
      return seen;
    }
  }

  /** The count of the default memory: can it be held once it has been given back? */
  @JCStressTest
  @State
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "held in time, so it is not free")
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "given back, so it cannot be held")
  @Outcome(expect = FORBIDDEN, desc = "held and free, or neither")
  public static class Count {
    private final SegmentMemory memory = SegmentAllocator.direct(1 << 20).allocate(16);

    @Actor
    public void giveBack() {
      memory.release();
    }

    @Actor
    public void hold(ZZ_Result result) {
      result.r1 = memory.tryRetain();
    }

    @Arbiter
    public void isFree(ZZ_Result result) {
      result.r2 = memory.isFree();
    }
  }
}
