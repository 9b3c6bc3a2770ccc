package io.flvkit.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a window promises, as a plain list of everything ever appended. */
final class WindowModel {
  /** One record; {@code join} is null when it is no join point. */
  record Entry(
      long position,
      ByteBuffer bytes,
      int kind,
      long clock,
      int fingerprint,
      @Nullable JoinPoint join) {
    long end() {
      return position + bytes.capacity();
    }
  }

  final List<Entry> all = new ArrayList<>();
  private final WindowLimits limits;
  private int published;
  private int oldest;
  boolean closed;
  boolean discarded;

  WindowModel(WindowLimits limits) {
    this.limits = limits;
  }

  long end() {
    return all.isEmpty() ? 0 : all.get(all.size() - 1).end();
  }

  long clock() {
    return all.isEmpty() ? Long.MIN_VALUE : all.get(all.size() - 1).clock();
  }

  void append(
      ByteBuffer bytes, int kind, long clock, int fingerprint, @Nullable Object joinContext) {
    if (end() - head() + bytes.capacity() > limits.maxBytes()) {
      publish();
    }
    long monotone = Math.max(clock, clock());
    JoinPoint join =
        joinContext == null ? null : new JoinPoint(end(), monotone, clock, joinContext);
    all.add(new Entry(end(), bytes, kind, monotone, fingerprint, join));
  }

  void publish() {
    published = all.size();
    int newestJoin = published;
    for (int i = 0; i < published; i++) {
      newestJoin = all.get(i).join() == null ? newestJoin : i;
    }
    while (oldest < published && isTooMuch(newestJoin)) {
      oldest++;
    }
  }

  private boolean isTooMuch(int newestJoin) {
    return head() - tail() > limits.maxBytes()
        || published - oldest > limits.maxRecords()
        || (oldest < newestJoin
            && all.get(published - 1).clock() - all.get(oldest).clock() > limits.maxMillis());
  }

  void close() {
    publish();
    closed = true;
  }

  void discard() {
    oldest = published;
    discarded = true;
  }

  long head() {
    return published == 0 ? 0 : all.get(published - 1).end();
  }

  long tail() {
    return oldest == published ? head() : all.get(oldest).position();
  }

  List<Entry> kept() {
    return all.subList(oldest, published);
  }

  long durationMillis() {
    return kept().isEmpty() ? 0 : kept().get(kept().size() - 1).clock() - kept().get(0).clock();
  }

  List<JoinPoint> joinPoints() {
    return kept().stream().flatMap(entry -> Optional.ofNullable(entry.join()).stream()).toList();
  }

  Entry entryAt(long position) {
    return all.stream()
        .filter(entry -> entry.position() <= position && position < entry.end())
        .findFirst()
        .orElseThrow();
  }

  ByteBuffer bytes(long from, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    for (int i = 0; i < length; i++) {
      Entry entry = entryAt(from + i);
      bytes.put(i, entry.bytes().get((int) (from + i - entry.position())));
    }
    return bytes;
  }

  ReadStatus statusAt(long position) {
    if (position >= head()) {
      return closed ? ReadStatus.CLOSED : ReadStatus.EMPTY;
    }
    return position < tail() ? ReadStatus.LAPPED : ReadStatus.READY;
  }

  long lagMillisAt(long position) {
    return switch (statusAt(position)) {
      case EMPTY, CLOSED -> 0;
      case LAPPED -> durationMillis();
      case READY -> all.get(published - 1).clock() - entryAt(position).clock();
    };
  }
}
