package io.flvkit.vod;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What can be served: the current state of a file, as far as ranges and conditions need it.
 *
 * @param length bytes, from 0 to 2^63-1
 * @param etag its validator, or null when it has none
 * @param lastModified when it changed last, cut to the second as Last-Modified is; or null
 */
public record Representation(
    long length, @Nullable EntityTag etag, @Nullable Instant lastModified) {
  public Representation {
    if (length < 0) {
      throw new IllegalArgumentException("a negative length: " + length);
    }
    lastModified = lastModified == null ? null : lastModified.truncatedTo(ChronoUnit.SECONDS);
  }

  /** A file without validators. */
  public static Representation ofLength(long length) {
    return new Representation(length, null, null);
  }
}
