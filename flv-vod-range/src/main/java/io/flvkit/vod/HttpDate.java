package io.flvkit.vod;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates of header fields, to the second (RFC 9110, 5.6.7). */
public final class HttpDate {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private static final String TIME = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";
  private static final String SHORT_DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
  private static final String LONG_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";
  private static final String MONTH = "(?<month>[A-Z][a-z]{2})";

  private static final Pattern FIXDATE =
      Pattern.compile(
          SHORT_DAY + ", (?<day>\\d\\d) " + MONTH + " (?<year>\\d{4}) " + TIME + " GMT");
  private static final Pattern RFC_850 =
      Pattern.compile(LONG_DAY + ", (?<day>\\d\\d)-" + MONTH + "-(?<year>\\d\\d) " + TIME + " GMT");
  private static final Pattern ASCTIME =
      Pattern.compile(SHORT_DAY + " " + MONTH + " (?<day>[ \\d]\\d) " + TIME + " (?<year>\\d{4})");

  /** What was written last: a server writes the same second, and the same file's, many times. */
  private static final AtomicReferenceArray<Written> WRITTEN = new AtomicReferenceArray<>(64);

  private record Written(long epochSecond, String text) {}

  private HttpDate() {}

  /**
   * Reads any of the three formats that a recipient must accept; empty for everything else. The day
   * of the week is not compared with the date.
   *
   * @param now decides the century of a year of two digits: at most 50 years ahead of it
   */
  public static Optional<Instant> parse(String text, Instant now) {
    for (Pattern format : List.of(FIXDATE, RFC_850, ASCTIME)) {
      Matcher fields = format.matcher(text);
      if (fields.matches()) {
        return instantOf(fields, now);
      }
    }
    return Optional.empty();
  }

  /** Writes the preferred format, IMF-fixdate; {@code instant} is cut to its second. */
  public static String format(Instant instant) {
    long epochSecond = instant.getEpochSecond();
    int place = (int) Math.floorMod(epochSecond, (long) WRITTEN.length());
    Written written = WRITTEN.get(place);
    if (written == null || written.epochSecond != epochSecond) {
      written = new Written(epochSecond, IMF_FIXDATE.format(instant));
      WRITTEN.set(place, written);
    }
    return written.text;
  }

  private static Optional<Instant> instantOf(Matcher fields, Instant now) {
    int second = number(fields, "second");
    boolean leapSecond = second == 60;
    try {
      LocalDateTime time =
          LocalDateTime.of(
              number(fields, "year"),
              MONTHS.indexOf(fields.group("month")) + 1,
              number(fields, "day"),
              number(fields, "hour"),
              number(fields, "minute"),
              leapSecond ? 59 : second);
      if (fields.group("year").length() == 2) {
        time = inCenturyOf(now, time);
      }
      return Optional.of(time.plusSeconds(leapSecond ? 1 : 0).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static LocalDateTime inCenturyOf(Instant now, LocalDateTime time) {
    LocalDateTime latest = LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusYears(50);
    int century = latest.getYear() / 100 * 100;
    LocalDateTime candidate = time.withYear(century + time.getYear());
    return candidate.isAfter(latest) ? candidate.minusYears(100) : candidate;
  }

  private static int number(Matcher fields, String name) {
    return Integer.parseInt(fields.group(name).trim());
  }
}
