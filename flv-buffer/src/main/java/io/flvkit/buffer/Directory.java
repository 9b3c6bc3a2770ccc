package io.flvkit.buffer;

import java.util.Arrays;

/** The segments of a window, oldest first and without gaps. An immutable snapshot. */
final class Directory {
  static final Directory EMPTY = new Directory(new Segment[0]);

  private final Segment[] segments;

  private Directory(Segment[] segments) {
    this.segments = segments;
  }

  int count() {
    return segments.length;
  }

  Segment at(int i) {
    return segments[i];
  }

  Directory with(Segment newest) {
    Segment[] more = Arrays.copyOf(segments, segments.length + 1);
    more[segments.length] = newest;
    return new Directory(more);
  }

  Directory withoutOldest(int count) {
    return new Directory(Arrays.copyOfRange(segments, count, segments.length));
  }

  /** Index of the newest segment that starts at or before {@code position}; -1 if none does. */
  int find(long position) {
    int low = 0;
    int high = segments.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (segments[middle].startPosition() > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low - 1;
  }

  long capacityBytes() {
    long bytes = 0;
    for (Segment segment : segments) {
      bytes += segment.capacityBytes();
    }
    return bytes;
  }
}
