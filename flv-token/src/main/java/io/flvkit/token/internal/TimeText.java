package io.flvkit.token.internal;

import io.flvkit.token.LinkFormula;
import io.flvkit.token.LinkFormula.Time;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Reads and writes the moments of {@link LinkFormula.Time}. */
final class TimeText {
  /** What {@link #seconds} returns for text that is no such moment. */
  static final long NONE = -1;

  private static final ZoneOffset UTC8 = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuuMMddHHmm");
  private static final long MAX_SECONDS = Instant.MAX.getEpochSecond();
  private static final int MAX_DIGITS = 17;

  private TimeText() {}

  /** As {@link #seconds(Time, char[], int, int)}, for all of {@code text}. */
  static long seconds(Time time, String text) {
    return seconds(time, text.toCharArray(), 0, text.length());
  }

  /** Reads the moment from {@code start} to {@code end} of {@code text}; {@link #NONE} if none. */
  static long seconds(Time time, char[] text, int start, int end) {
    int length = end - start;
    return switch (time) {
      case DECIMAL -> length > MAX_DIGITS ? NONE : digits(text, start, end, 10);
      case DECIMAL_10 -> length == 10 ? digits(text, start, end, 10) : NONE;
      case HEX_UPPER, HEX_LOWER -> length == 8 ? digits(text, start, end, 16) : NONE;
      case MINUTE_UTC8 -> length == 12 ? minute(text, start, end) : NONE;
      case NEVER -> MAX_SECONDS;
    };
  }

  /** Returns a positive number of seconds within {@link Instant}, else {@link #NONE}. */
  private static long digits(char[] text, int start, int end, int radix) {
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = Hex.digit(text[i]);
      if (digit < 0 || digit >= radix) {
        return NONE;
      }
      value = value * radix + digit;
    }
    return value == 0 || value > MAX_SECONDS ? NONE : value;
  }

  private static long minute(char[] text, int start, int end) {
    if (digits(text, start, end, 10) == NONE) {
      return NONE;
    }
    int year = number(text, start, 4);
    int month = number(text, start + 4, 2);
    int day = number(text, start + 6, 2);
    int hour = number(text, start + 8, 2);
    int minute = number(text, start + 10, 2);
    boolean written = month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59;
    if (!written || day > YearMonth.of(year, month).lengthOfMonth()) {
      return NONE;
    }
    return LocalDateTime.of(year, month, day, hour, minute).toEpochSecond(UTC8);
  }

  private static int number(char[] text, int start, int count) {
    return Integer.parseInt(String.valueOf(text, start, count));
  }

  /**
   * Writes a moment; {@link Time#MINUTE_UTC8} takes the next full minute, so that no link ends
   * early. Throws {@link IllegalArgumentException} for one that the form cannot hold.
   */
  static String format(Time time, long seconds) {
    String text =
        switch (time) {
          case DECIMAL, DECIMAL_10 -> Long.toString(seconds);
          case HEX_UPPER -> String.format("%08X", seconds);
          case HEX_LOWER -> String.format("%08x", seconds);
          case MINUTE_UTC8 ->
              MINUTE.format(
                  LocalDateTime.ofEpochSecond(-Math.floorDiv(-seconds, 60L) * 60, 0, UTC8));
          case NEVER -> "";
        };
    if (seconds(time, text) == NONE) {
      throw new IllegalArgumentException("the scheme cannot write the time " + seconds);
    }
    return text;
  }
}
