package io.flvkit.edge.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which streams have a label of their own: the first {@link #MAX} seen, each until {@link
 * #KEEP_MILLIS} after its end. Not thread-safe.
 */
final class StreamLabels {
  /** The label that all other streams share. */
  static final String OTHER = "other";

  static final int MAX = 100;
  static final long KEEP_MILLIS = 3_600_000;

  private static final long RUNNING = Long.MAX_VALUE;

  private final Map<String, Long> endedAtMillis = new HashMap<>();

  /** The stream runs; whether it has its own label. */
  boolean started(String stream) {
    if (!endedAtMillis.containsKey(stream) && endedAtMillis.size() >= MAX) {
      return false;
    }
    endedAtMillis.put(stream, RUNNING);
    return true;
  }

  /** The stream runs no more. */
  void ended(String stream, long nowMillis) {
    endedAtMillis.computeIfPresent(stream, (name, was) -> nowMillis);
  }

  /** Takes the labels of streams that ended long ago and returns them. */
  List<String> release(long nowMillis) {
    List<String> released = new ArrayList<>();
    endedAtMillis.forEach(
        (stream, ended) -> {
          if (ended != RUNNING && nowMillis - ended >= KEEP_MILLIS) {
            released.add(stream);
          }
        });
    released.forEach(endedAtMillis::remove);
    return released;
  }
}
