package io.flvkit.vod;

import io.flvkit.vod.internal.Decimals;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A Content-Range header field of unit {@code bytes} (RFC 9110, 14.4). At least one of the two
 * facts is known.
 *
 * @param range which bytes the message carries; null in a 416 answer
 * @param completeLength bytes of the whole representation; empty when its sender wrote {@code *}
 */
public record ContentRange(@Nullable ByteRange range, OptionalLong completeLength) {
  private static final String UNIT = "bytes ";

  public ContentRange {
    if (range == null && completeLength.isEmpty()) {
      throw new IllegalArgumentException("a Content-Range without range and length");
    }
    long length = completeLength.orElse(Long.MAX_VALUE);
    if (length < 0 || (range != null && range.last() >= length)) {
      throw new IllegalArgumentException(range + " does not fit in " + length + " bytes");
    }
  }

  /** Of a 206 answer: {@code bytes first-last/length}. */
  public static ContentRange of(ByteRange range, long completeLength) {
    return new ContentRange(range, OptionalLong.of(completeLength));
  }

  /** Of a 416 answer: {@code bytes *}{@code /length}. */
  public static ContentRange unsatisfied(long completeLength) {
    return new ContentRange(null, OptionalLong.of(completeLength));
  }

  /**
   * Reads a field value; empty when it is of another unit, malformed or contradicts itself (a range
   * that ends before it begins or lies beyond the length): such an answer must not be combined with
   * anything (RFC 9110, 14.4).
   */
  public static Optional<ContentRange> parse(String fieldValue) {
    int slash = fieldValue.indexOf('/');
    if (slash < 0 || !fieldValue.toLowerCase(Locale.ROOT).startsWith(UNIT)) {
      return Optional.empty();
    }
    String bytes = fieldValue.substring(UNIT.length(), slash);
    String length = fieldValue.substring(slash + 1);
    boolean lengthUnknown = length.equals("*");
    if (!lengthUnknown && !isNumber(length)) {
      return Optional.empty();
    }
    OptionalLong complete =
        lengthUnknown ? OptionalLong.empty() : OptionalLong.of(Decimals.valueOf(length));
    if (bytes.equals("*")) {
      return lengthUnknown ? Optional.empty() : Optional.of(new ContentRange(null, complete));
    }
    return parseRange(bytes)
        .filter(range -> range.last() < complete.orElse(Long.MAX_VALUE))
        .map(range -> new ContentRange(range, complete));
  }

  /** The field value. */
  @Override
  public String toString() {
    String length = completeLength.isPresent() ? Long.toString(completeLength.getAsLong()) : "*";
    return UNIT + (range == null ? "*" : range) + "/" + length;
  }

  private static Optional<ByteRange> parseRange(String text) {
    int dash = text.indexOf('-');
    if (dash < 0 || !isNumber(text.substring(0, dash)) || !isNumber(text.substring(dash + 1))) {
      return Optional.empty();
    }
    long first = Decimals.valueOf(text.substring(0, dash));
    long last = Decimals.valueOf(text.substring(dash + 1));
    if (last < first || last == Long.MAX_VALUE) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(first, last));
  }

  private static boolean isNumber(String text) {
    return Decimals.isDecimal(text) && Decimals.valueOf(text) != Decimals.TOO_LARGE;
  }
}
