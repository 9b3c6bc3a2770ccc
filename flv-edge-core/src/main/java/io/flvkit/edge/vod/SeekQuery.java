package io.flvkit.edge.vod;

import io.flvkit.edge.http.BadRequestException;
import io.flvkit.edge.http.Query;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A wish to begin in the middle of an FLV file.
 *
 * @param kind by what the place is named
 * @param value bytes, or milliseconds
 */
record SeekQuery(Kind kind, long value) {
  /** By what a place is named. */
  enum Kind {
    BYTES("start"),
    TIME("starttime");

    private final String parameter;

    Kind(String parameter) {
      this.parameter = parameter;
    }
  }

  private static final Pattern BYTES = Pattern.compile("[0-9]{1,30}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");
  private static final int MILLIS_DIGITS = 3;

  /**
   * What a query wishes; null for nothing, for the beginning, and for files not named {@code .flv}.
   *
   * @throws BadRequestException if a value is no number from 0 on, or more than one is given
   */
  static @Nullable SeekQuery of(Query query, String fileName) {
    if (!fileName.toLowerCase(Locale.ROOT).endsWith(".flv")) {
      return null;
    }
    List<String> bytes = query.all(Kind.BYTES.parameter);
    List<String> seconds = query.all(Kind.TIME.parameter);
    if (bytes.isEmpty() && seconds.isEmpty()) {
      return null;
    }
    if (bytes.size() + seconds.size() > 1) {
      throw new BadRequestException("start and starttime are given more than once");
    }
    SeekQuery wish = bytes.isEmpty() ? byTime(seconds.get(0)) : byBytes(bytes.get(0));
    return wish.value == 0 ? null : wish;
  }

  private static SeekQuery byBytes(String text) {
    if (!BYTES.matcher(text).matches()) {
      throw new BadRequestException("start must be a number of bytes");
    }
    try {
      return new SeekQuery(Kind.BYTES, new BigDecimal(text).longValueExact());
    } catch (ArithmeticException e) {
      throw new BadRequestException("start is too large", e);
    }
  }

  private static SeekQuery byTime(String text) {
    if (!SECONDS.matcher(text).matches()) {
      throw new BadRequestException("starttime must be a number of seconds");
    }
    return new SeekQuery(Kind.TIME, new BigDecimal(text).movePointRight(MILLIS_DIGITS).longValue());
  }
}
