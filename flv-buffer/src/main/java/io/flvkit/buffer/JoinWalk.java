package io.flvkit.buffer;

import org.jspecify.annotations.Nullable;

/** Walks the join points of a snapshot of the window, from the newest to the oldest. */
final class JoinWalk {
  private final Directory directory;
  private final long tail;
  private final long head;
  private int segment;
  private int join;

  /** Join points at or after {@code tail} and before {@code head}. */
  JoinWalk(Directory directory, long tail, long head) {
    this.directory = directory;
    this.tail = tail;
    this.head = head;
    this.segment = directory.count();
  }

  /** The next older join point; null after the last. */
  @Nullable JoinPoint older() {
    while (true) {
      while (join == 0) {
        if (segment == 0) {
          return null;
        }
        segment--;
        join = directory.at(segment).joins().count();
      }
      join--;
      JoinPoint point = directory.at(segment).joins().at(join);
      if (point.position() < tail) {
        return null;
      }
      if (point.position() < head) {
        return point;
      }
    }
  }
}
