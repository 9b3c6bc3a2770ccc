package io.flvkit.bench.macro.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * The viewers of one plan and the loop that serves them. The sampled ones have a selector of their
 * own, which is looked at after every few reads of a sweep: their bytes wait for a fraction of a
 * millisecond at most, in the one thread that does everything.
 */
final class Crowd implements AutoCloseable {
  private static final long SWEEP_NANOS = 20_000_000;
  private static final int SWEPT_BETWEEN_LOOKS = 16;
  private static final int EVENTS_PER_SELECT = 1_024;
  private static final int BUFFER_BYTES = 256 << 10;

  private final Plan plan;
  private final Tally tally = new Tally();
  private final Selector sampled;
  private final Selector swept;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final List<Viewer> viewers = new ArrayList<>();
  private final long firstJoinNanos = System.nanoTime();
  private long nextSweepNanos = firstJoinNanos;
  private int sweptSinceLook;

  Crowd(Plan plan) throws IOException {
    this.plan = plan;
    sampled = Selector.open();
    swept = Selector.open();
  }

  Tally tally() {
    return tally;
  }

  List<Viewer> viewers() {
    return viewers;
  }

  long windowStartNanos() {
    return firstJoinNanos + (plan.joinSeconds() + plan.settleSeconds()) * 1_000_000_000L;
  }

  /** Joins who is due and reads what has come; returns after a millisecond or a sweep. */
  void turn() throws IOException {
    join();
    if (System.nanoTime() >= nextSweepNanos) {
      nextSweepNanos = System.nanoTime() + SWEEP_NANOS;
      sweep();
    }
    sampled.select(this::read, 1);
  }

  private void join() throws IOException {
    long elapsed = System.nanoTime() - firstJoinNanos;
    long due = 1 + elapsed * plan.joinsPerSecond() / 1_000_000_000L;
    while (viewers.size() < Math.min(due, plan.viewers())) {
      int index = viewers.size();
      viewers.add(new Viewer(plan, index, tally, plan.isSampled(index) ? sampled : swept));
    }
  }

  private void sweep() throws IOException {
    for (int i = 0; i <= viewers.size() / EVENTS_PER_SELECT; i++) {
      if (swept.selectNow(this::readSwept) < EVENTS_PER_SELECT) {
        return;
      }
    }
  }

  private void readSwept(SelectionKey key) {
    read(key);
    sweptSinceLook++;
    if (sweptSinceLook == SWEPT_BETWEEN_LOOKS) {
      sweptSinceLook = 0;
      look();
    }
  }

  private void look() {
    try {
      sampled.selectNow(this::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(SelectionKey key) {
    ((Viewer) key.attachment()).onReady(buffer);
  }

  @Override
  public void close() throws IOException {
    viewers.forEach(Viewer::close);
    sampled.close();
    swept.close();
  }
}
