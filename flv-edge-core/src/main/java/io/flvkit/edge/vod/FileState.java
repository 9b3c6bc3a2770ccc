package io.flvkit.edge.vod;

import io.flvkit.vod.EntityTag;
import io.flvkit.vod.Representation;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a file, told from others without reading it.
 *
 * @param file its real path
 * @param lengthBytes its size
 * @param modified when it was written last, as exactly as the file system knows
 * @param identity device and inode where there are such; changes when another file takes the name
 */
record FileState(Path file, long lengthBytes, Instant modified, String identity) {
  private static final Instant EARLIEST = Instant.EPOCH;

  /** The present state, or null if {@code file} is not a regular file. */
  static @Nullable FileState of(Path file) throws IOException {
    BasicFileAttributes attributes = Folder.attributes(file);
    if (!attributes.isRegularFile()) {
      return null;
    }
    return new FileState(
        file,
        attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        String.valueOf(attributes.fileKey()));
  }

  /**
   * Length and validators. A time of modification in the future becomes {@code now}, as RFC 9110,
   * 8.8.2.1 wants it; one before 1970, which no HTTP date needs to express, becomes 1970.
   */
  Representation representation(Instant now) {
    Instant shown = modified.isAfter(now) ? now : modified.isBefore(EARLIEST) ? EARLIEST : modified;
    return new Representation(lengthBytes, etag(), shown);
  }

  private EntityTag etag() {
    long nanos = modified.getEpochSecond() * 1_000_000_000 + modified.getNano();
    return EntityTag.strong(
        Long.toHexString(lengthBytes)
            + '-'
            + Long.toHexString(nanos)
            + '-'
            + identity.replaceAll("[^0-9A-Za-z]", ""));
  }
}
