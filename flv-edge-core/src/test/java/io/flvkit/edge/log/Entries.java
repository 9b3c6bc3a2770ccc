package io.flvkit.edge.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Entries for tests. */
final class Entries {
  private Entries() {}

  static AccessEntry of(String id) {
    return of(id, null, null);
  }

  static AccessEntry of(String id, @Nullable String path, @Nullable String userAgent) {
    return new AccessEntry(
        Instant.parse("2026-11-22T12:00:00Z"),
        AccessEntry.Event.END,
        id,
        "live",
        "/live/a.flv",
        path,
        null,
        "203.0.113.7",
        null,
        "GET",
        200,
        "h1",
        1024,
        60_000,
        40L,
        2L,
        "HIT",
        "http://127.0.0.1:9000/live/",
        "client-gone",
        null,
        null,
        userAgent);
  }
}
