package io.flvkit.bench.macro.ranges;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/** All clients of a plan, in one thread. */
final class RangeCrowd implements AutoCloseable {
  private static final int SCRATCH_BYTES = 1 << 20;
  private static final long SWEEP_NANOS = 50_000_000L;
  private static final double NANOS_PER_SECOND = 1e9;

  private final RangePlan plan;
  private final RangeTally tally = new RangeTally();
  private final Selector selector = Selector.open();
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
  private final List<RangeClient> all = new ArrayList<>();
  private final Deque<RangeClient> idle = new ArrayDeque<>();
  private final SplittableRandom random = new SplittableRandom(42);
  private final long startNanos = System.nanoTime();
  private long asked;
  private long lastSweepNanos = startNanos;

  RangeCrowd(RangePlan plan) throws IOException {
    this.plan = plan;
    for (int i = 0; i < plan.connections(); i++) {
      all.add(connect());
    }
  }

  RangeTally tally() {
    return tally;
  }

  private RangeClient connect() throws IOException {
    RangeClient client = new RangeClient((int) plan.port(), tally);
    idle.add(client);
    if (plan.readBytesPerSecond() == 0) {
      client.channel().register(selector, SelectionKey.OP_READ, client);
    }
    return client;
  }

  /** Asks what is due and takes what has come. */
  void turn() throws IOException {
    ask();
    if (plan.readBytesPerSecond() > 0) {
      sweep();
      return;
    }
    if (plan.requestsPerSecond() > 0) {
      selector.selectNow();
    } else {
      selector.select(10);
    }
    for (SelectionKey key : selector.selectedKeys()) {
      take((RangeClient) key.attachment(), Integer.MAX_VALUE);
    }
    selector.selectedKeys().clear();
  }

  private void ask() throws IOException {
    long now = System.nanoTime();
    while (!idle.isEmpty()) {
      long due = now;
      if (plan.requestsPerSecond() > 0) {
        due = startNanos + (long) (asked * NANOS_PER_SECOND / plan.requestsPerSecond());
        if (due > now) {
          return;
        }
      }
      long places = (plan.fileBytes() - plan.rangeBytes()) / NumberedFile.WORD_BYTES + 1;
      long from = random.nextLong(places) * NumberedFile.WORD_BYTES;
      long file = plan.firstFile() + asked % plan.files();
      asked++;
      idle.remove().ask(file, from, plan.rangeBytes(), due);
    }
  }

  /** Slow clients: each takes its share at each sweep. */
  private void sweep() throws IOException {
    long now = System.nanoTime();
    long pause = SWEEP_NANOS - (now - lastSweepNanos);
    if (pause > 0) {
      selector.select(Math.max(1, pause / 1_000_000));
      return;
    }
    int share = (int) (plan.readBytesPerSecond() * ((now - lastSweepNanos) / NANOS_PER_SECOND));
    lastSweepNanos = now;
    for (int i = 0; i < all.size(); i++) {
      take(all.get(i), share);
    }
  }

  private void take(RangeClient client, int most) throws IOException {
    if (!client.isBusy()) {
      return;
    }
    try {
      client.turn(scratch, most);
    } catch (IOException e) {
      tally.fault(e.toString());
      client.close();
      all.set(all.indexOf(client), connect());
      return;
    }
    if (!client.isBusy()) {
      idle.add(client);
    }
  }

  @Override
  public void close() throws IOException {
    for (RangeClient client : all) {
      client.close();
    }
    selector.close();
  }
}
