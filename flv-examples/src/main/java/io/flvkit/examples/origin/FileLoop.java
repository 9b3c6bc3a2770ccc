package io.flvkit.examples.origin;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Feeds a live stream from a file that begins again at its end, at the pace of the clock. */
@SuppressWarnings("FutureReturnValueIgnored") // the loop lives as long as its executor
final class FileLoop implements Runnable {
  /** Further behind than this (a suspended machine), it goes on from where it is. */
  private static final long LATE_MILLIS_MAX = 2_000;

  private final EventExecutor loop;
  private final LoopReader reader;
  private final LiveStream stream;
  private final LongSupplier nanoClock;
  private long startNanos;

  FileLoop(EventExecutor loop, LoopReader reader, LiveStream stream, LongSupplier nanoClock) {
    this.loop = loop;
    this.reader = reader;
    this.stream = stream;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
  }

  /** Sends what is due, and comes back when the next tag is. */
  @Override
  public void run() {
    long elapsedMillis = elapsedMillis();
    while (reader.dueMillis() <= elapsedMillis) {
      stream.publish(reader.next());
    }
    stream.flush();
    loop.schedule(this, Math.max(1, reader.dueMillis() - elapsedMillis()), TimeUnit.MILLISECONDS);
  }

  private long elapsedMillis() {
    long elapsedMillis = TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong() - startNanos);
    long lateMillis = elapsedMillis - reader.dueMillis();
    if (lateMillis <= LATE_MILLIS_MAX) {
      return elapsedMillis;
    }
    startNanos += TimeUnit.MILLISECONDS.toNanos(lateMillis);
    return reader.dueMillis();
  }
}
