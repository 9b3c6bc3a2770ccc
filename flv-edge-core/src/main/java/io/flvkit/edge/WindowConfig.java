package io.flvkit.edge;

import java.time.Duration;

/**
 * How much of a live stream is kept in memory, per rendition. Everything since the newest keyframe
 * is kept up to {@code bytes}; {@code duration} governs only what is older.
 *
 * @param duration media time, 1 ms to 24 h
 * @param bytes 64 KiB to 16 GiB
 */
public record WindowConfig(Duration duration, long bytes) {
  /** 10 seconds, 64 MiB. */
  public static final WindowConfig DEFAULT = new WindowConfig(Duration.ofSeconds(10), 64L << 20);

  public WindowConfig {
    new Checks().positive("duration", duration).within("bytes", bytes, 64L << 10, 16L << 30).done();
  }
}
