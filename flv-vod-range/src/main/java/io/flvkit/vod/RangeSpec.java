package io.flvkit.vod;

import io.flvkit.vod.internal.Decimals;
import org.jspecify.annotations.Nullable;

/**
 * One element of a Range header field, not yet resolved against a length (RFC 9110, 14.1.1).
 *
 * @param first offset of the first byte, or {@link #SUFFIX}
 * @param last offset of the last byte, {@link Long#MAX_VALUE} when open; of a suffix, its length
 */
record RangeSpec(long first, long last) {
  /** In place of {@code first}: the last {@code last} bytes are wanted. */
  static final long SUFFIX = -1;

  /** In place of a spec: its grammar holds, but a number in it is beyond 2^63-1. */
  static final RangeSpec TOO_LARGE = new RangeSpec(-2, -2);

  /** The spec that {@code text} says, or null when it says none. */
  static @Nullable RangeSpec parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      return null;
    }
    String before = text.substring(0, dash);
    String after = text.substring(dash + 1);
    if (before.isEmpty()) {
      return Decimals.isDecimal(after) ? of(SUFFIX, Decimals.valueOf(after)) : null;
    }
    if (!Decimals.isDecimal(before) || !(after.isEmpty() || Decimals.isDecimal(after))) {
      return null;
    }
    long first = Decimals.valueOf(before);
    long last = after.isEmpty() ? Long.MAX_VALUE : Decimals.valueOf(after);
    if (first == Decimals.TOO_LARGE || last == Decimals.TOO_LARGE) {
      return TOO_LARGE;
    }
    return last < first ? null : new RangeSpec(first, last);
  }

  private static RangeSpec of(long first, long last) {
    return last == Decimals.TOO_LARGE ? TOO_LARGE : new RangeSpec(first, last);
  }

  boolean isSuffix() {
    return first == SUFFIX;
  }

  /** The bytes meant in a file of {@code length} bytes, or null when there are none. */
  @Nullable ByteRange resolve(long length) {
    if (isSuffix()) {
      long bytes = Math.min(last, length);
      return bytes == 0 ? null : new ByteRange(length - bytes, length - 1);
    }
    return first >= length ? null : new ByteRange(first, Math.min(last, length - 1));
  }
}
