package io.flvkit.examples.origin;

import java.time.InstantSource;
import java.util.Optional;

/**
 * Makes a script tag {@code onStamp {wallClockMillis: <milliseconds since 1970>}} once a second.
 * Players pass over a name that they do not know; mpegts.js reports it as SCRIPTDATA_ARRIVED, from
 * which a page can tell how old a picture is.
 */
final class WallClockStamp {
  private static final long INTERVAL_MILLIS = 1_000;

  private final InstantSource clock;
  private long nextMillis;

  WallClockStamp(InstantSource clock) {
    this.clock = clock;
  }

  /** The stamp to send after a media tag, with the same timestamp, if one is due. */
  Optional<MediaTag> dueAfter(MediaTag media) {
    long now = clock.millis();
    if (now < nextMillis && nextMillis - now <= INTERVAL_MILLIS) {
      return Optional.empty();
    }
    nextMillis = now + INTERVAL_MILLIS;
    return Optional.of(MediaTag.stamp(now, media.timestampMillis()));
  }
}
