package io.flvkit.vod.cache;

import io.flvkit.vod.EntityTag;
import io.flvkit.vod.Representation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One version of a file, told from others by its length and validators.
 *
 * @param key which file: unique in the cache, at most {@value #MAX_TEXT_BYTES} bytes with the
 *     fields
 * @param representation length, from 1, and validators
 * @param whole whether it can only be fetched as a whole: its origin knows no ranges, or has no
 *     validator by which to tell that two ranges are of one version
 * @param fields header fields of the origin's answer that every answer repeats
 */
public record FileVersion(
    String key, Representation representation, boolean whole, Map<String, String> fields) {
  /** Most bytes that key, validators and fields may take in UTF-8. */
  public static final int MAX_TEXT_BYTES = 3000;

  public FileVersion {
    if (representation.length() < 1) {
      throw new IllegalArgumentException("an empty file has no slices");
    }
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Bytes of the file. */
  public long length() {
    return representation.length();
  }

  /**
   * Whether bytes of {@code other} may stand beside bytes of this one: equal lengths, and equal
   * strong entity tags, or, where one of them has none, all validators equal and at least one
   * there.
   */
  public boolean isSameAs(FileVersion other) {
    if (!key.equals(other.key) || length() != other.length()) {
      return false;
    }
    EntityTag mine = representation.etag();
    EntityTag its = other.representation.etag();
    if (mine != null && its != null && mine.matchesStrongly(its)) {
      return true;
    }
    boolean known = mine != null || representation.lastModified() != null;
    return known && representation.equals(other.representation) && (mine == null || mine.weak());
  }
}
