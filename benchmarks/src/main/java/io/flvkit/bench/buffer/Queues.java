package io.flvkit.bench.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Baseline: a queue of tags for each viewer, bounded by dropping the oldest tag. */
final class Queues {
  private static final int BACKLOG_TAGS = 64;

  private final List<ArrayDeque<ByteBuffer>> queues = new ArrayList<>();

  Queues(int viewers) {
    for (int i = 0; i < viewers; i++) {
      queues.add(new ArrayDeque<>(BACKLOG_TAGS + 1));
    }
  }

  List<ArrayDeque<ByteBuffer>> all() {
    return queues;
  }

  void publish(ByteBuffer tag) {
    for (ArrayDeque<ByteBuffer> queue : queues) {
      if (queue.size() == BACKLOG_TAGS) {
        queue.poll();
      }
      queue.add(tag);
    }
  }
}
