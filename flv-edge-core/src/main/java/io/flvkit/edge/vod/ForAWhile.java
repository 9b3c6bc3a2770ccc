package io.flvkit.edge.vod;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Remembers names for a while, the newest ones where there are too many. Thread-safe. */
final class ForAWhile {
  private static final int NAMES_MAX = 10_000;

  private final Duration time;
  private final InstantSource clock;
  private final Map<String, Instant> until =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > NAMES_MAX;
        }
      };

  private ForAWhile(Duration time, InstantSource clock) {
    this.time = time;
    this.clock = clock;
  }

  static ForAWhile forAMinute(InstantSource clock) {
    return new ForAWhile(Duration.ofMinutes(1), clock);
  }

  static ForAWhile forTwoSeconds(InstantSource clock) {
    return new ForAWhile(Duration.ofSeconds(2), clock);
  }

  synchronized void add(String name) {
    until.remove(name);
    until.put(name, clock.instant().plus(time));
  }

  synchronized boolean has(String name) {
    Instant end = until.get(name);
    if (end == null) {
      return false;
    }
    if (clock.instant().isBefore(end)) {
      return true;
    }
    until.remove(name);
    return false;
  }

  /** Forgets all names that are accepted. */
  synchronized void forget(Predicate<String> names) {
    until.keySet().removeIf(names);
  }
}
