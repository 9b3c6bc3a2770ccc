package io.flvkit.buffer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/** Memory that has left the window and is still held by readers. One writer, any readers. */
final class PinnedMemory {
  private static final Pinned[] NONE = {};

  private final AtomicReference<Pinned[]> held = new AtomicReference<>(NONE);

  /** Remembers what a segment that has left the window still takes. Writer only. */
  void add(Segment segment) {
    if (!segment.memory().isFree()) {
      Pinned[] before = held.getPlain();
      Pinned[] after = Arrays.copyOf(before, before.length + 1);
      // The memory, not the segment: the indexes on the heap need not stay.
      after[before.length] = new Pinned(segment.memory(), segment.capacityBytes());
      // Release; pairs with the acquire in `bytes`.
      held.setRelease(after);
    }
  }

  /** Forgets what has been given back since. Writer only. */
  void prune() {
    Pinned[] before = held.getPlain();
    Pinned[] after =
        Arrays.stream(before).filter(pinned -> !pinned.memory.isFree()).toArray(Pinned[]::new);
    if (after.length < before.length) {
      // Release; pairs with the acquire in `bytes`.
      held.setRelease(after);
    }
  }

  long bytes() {
    long bytes = 0;
    // Acquire; pairs with the releases in `add` and `prune`.
    for (Pinned pinned : held.getAcquire()) {
      if (!pinned.memory.isFree()) {
        bytes += pinned.bytes;
      }
    }
    return bytes;
  }

  private record Pinned(SegmentMemory memory, int bytes) {}
}
