package io.flvkit.edge.netty;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many files the process has open, of those that it may: the rest of them is for origins, the
 * cache and logs. Counting takes milliseconds where many are open, so it is done only when as many
 * connections came as half of what was left. Thread-safe.
 */
final class OpenFiles {
  /** Of a hundred files, so many may be open when another connection is accepted. */
  private static final int PERCENT_MAX = 95;

  private final LongSupplier open;
  private final long most;
  private final AtomicLong uncounted = new AtomicLong(1);

  /**
   * Files by that count.
   *
   * @param open counts those that are open
   * @param allowed how many may be
   */
  OpenFiles(LongSupplier open, long allowed) {
    this.open = open;
    this.most = allowed / 100 * PERCENT_MAX + allowed % 100 * PERCENT_MAX / 100;
  }

  /** Those of this process, as the operating system says; no limit where it does not say. */
  static OpenFiles ofProcess() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? new OpenFiles(unix::getOpenFileDescriptorCount, unix.getMaxFileDescriptorCount())
        : unlimited();
  }

  static OpenFiles unlimited() {
    return new OpenFiles(() -> 0, Long.MAX_VALUE);
  }

  /** A connection was accepted. Returns whether there is room for another one. */
  boolean accepted() {
    return uncounted.decrementAndGet() > 0 || hasRoom();
  }

  /** Counts: is there room for a connection? */
  boolean hasRoom() {
    long left = most - open.getAsLong();
    uncounted.set(Math.max(1, left / 2));
    return left > 0;
  }
}
