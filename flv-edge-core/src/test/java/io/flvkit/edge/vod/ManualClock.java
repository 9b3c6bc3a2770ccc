package io.flvkit.edge.vod;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands unless it is moved; so slow that what a real origin says is always new. */
final class ManualClock implements InstantSource {
  private volatile Instant now = Instant.now().minus(Duration.ofDays(1));

  void advance(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
