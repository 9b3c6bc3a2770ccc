package io.flvkit.edge.netty;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What windows and writes of their viewers hold of segments. A write in flight has a reference of
 * its own to the buffer, and nobody is told when it has left: memory that its window gave up
 * meanwhile is kept here, and looked at again from time to time. Thread-safe.
 */
final class SegmentAccount {
  private static final long LOOK_NANOS = 20_000_000L;

  private final AtomicLong bytes = new AtomicLong();
  private final Queue<NettyMemory> inFlight = new ConcurrentLinkedQueue<>();
  private final AtomicLong lookedNanos = new AtomicLong(System.nanoTime());

  /** Memory was allocated. */
  void taken(int capacity) {
    bytes.addAndGet(capacity);
    lookIfDue();
  }

  /** Nobody holds it any more, but writes may be in flight. */
  void letGo(NettyMemory memory) {
    if (!free(memory)) {
      inFlight.add(memory);
    }
  }

  private boolean free(NettyMemory memory) {
    boolean freed = memory.freeUnlessWritten();
    if (freed) {
      bytes.addAndGet(-memory.bytes().capacity());
    }
    return freed;
  }

  /** What is held now, or was a moment ago. */
  long bytes() {
    lookIfDue();
    return bytes.get();
  }

  private void lookIfDue() {
    long now = System.nanoTime();
    long looked = lookedNanos.get();
    if (!inFlight.isEmpty()
        && now - looked >= LOOK_NANOS
        && lookedNanos.compareAndSet(looked, now)) {
      look();
    }
  }

  /** Gives back what no write needs any more. */
  void look() {
    for (int left = inFlight.size(); left > 0; left--) {
      NettyMemory memory = inFlight.poll();
      if (memory != null) {
        letGo(memory);
      }
    }
  }
}
