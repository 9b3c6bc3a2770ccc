package io.flvkit.vod;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A validator of a representation (RFC 9110, 8.8.3).
 *
 * @param opaque what stands between the quotes: visible characters other than the quote
 * @param weak whether {@code W/} stands before: equal tags then mean equivalent, not equal, bytes
 */
public record EntityTag(String opaque, boolean weak) {
  public EntityTag {
    if (!opaque.chars().allMatch(EntityTag::isTagChar)) {
      throw new IllegalArgumentException("an entity tag holds visible characters without quotes");
    }
  }

  /** A tag that changes with every byte of the representation. */
  public static EntityTag strong(String opaque) {
    return new EntityTag(opaque, false);
  }

  /** Reads one tag with its quotes; empty when the text is anything else. */
  public static Optional<EntityTag> parse(String text) {
    boolean weak = text.startsWith("W/");
    int open = weak ? 2 : 0;
    int close = text.length() - 1;
    if (close <= open || text.charAt(open) != '"' || text.charAt(close) != '"') {
      return Optional.empty();
    }
    String opaque = text.substring(open + 1, close);
    return opaque.chars().allMatch(EntityTag::isTagChar)
        ? Optional.of(new EntityTag(opaque, weak))
        : Optional.empty();
  }

  /**
   * Reads a list as in If-Match; {@code *} is not a list. A malformed list holds no tag at all, so
   * that nothing matches it.
   */
  public static List<EntityTag> parseList(String fieldValue) {
    List<EntityTag> tags = new ArrayList<>();
    int at = 0;
    while (at < fieldValue.length()) {
      char c = fieldValue.charAt(at);
      if (c == ',' || c == ' ' || c == '\t') {
        at++;
        continue;
      }
      int open = fieldValue.indexOf('"', at);
      int end = open < 0 ? -1 : fieldValue.indexOf('"', open + 1) + 1;
      Optional<EntityTag> tag = end <= 0 ? Optional.empty() : parse(fieldValue.substring(at, end));
      if (tag.isEmpty() || !isSeparated(fieldValue, end)) {
        return List.of();
      }
      tags.add(tag.get());
      at = end;
    }
    return List.copyOf(tags);
  }

  /** The same bytes for certain: both strong, and equal (RFC 9110, 8.8.3.2). */
  public boolean matchesStrongly(EntityTag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  /** Equivalent: equal whether weak or strong (RFC 9110, 8.8.3.2). */
  public boolean matchesWeakly(EntityTag other) {
    return opaque.equals(other.opaque);
  }

  /** The field value, with quotes. */
  @Override
  public String toString() {
    return (weak ? "W/\"" : "\"") + opaque + '"';
  }

  /** Only white space stands between {@code at} and the next comma or the end. */
  private static boolean isSeparated(String fieldValue, int at) {
    int next = at;
    while (next < fieldValue.length()
        && (fieldValue.charAt(next) == ' ' || fieldValue.charAt(next) == '\t')) {
      next++;
    }
    return next == fieldValue.length() || fieldValue.charAt(next) == ',';
  }

  private static boolean isTagChar(int c) {
    return c == 0x21 || (c >= 0x23 && c <= 0x7E) || (c >= 0x80 && c <= 0xFF);
  }
}
