package io.flvkit.edge.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads numbers with units. Each refuses by an {@code IllegalArgumentException} for the operator.
 */
final class Units {
  private static final Pattern WITH_UNIT = Pattern.compile("([0-9]{1,18}) ?([A-Za-z]*)");
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private static final Map<String, Long> BYTES =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("B", 1L),
          Map.entry("KiB", 1L << 10),
          Map.entry("MiB", 1L << 20),
          Map.entry("GiB", 1L << 30),
          Map.entry("TiB", 1L << 40),
          Map.entry("kB", 1_000L),
          Map.entry("KB", 1_000L),
          Map.entry("MB", 1_000_000L),
          Map.entry("GB", 1_000_000_000L),
          Map.entry("TB", 1_000_000_000_000L));

  private Units() {}

  /** {@code 500ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 7d}; 0 needs no unit. */
  static Duration duration(String text) {
    return text.equals("0")
        ? Duration.ZERO
        : Duration.ofMillis(scaled(text, MILLIS, "must be a duration such as 500ms, 10s or 5m"));
  }

  /** {@code 32KiB}, {@code 64MiB}, {@code 10GiB}, or plain bytes. */
  static long bytes(String text) {
    return scaled(text, BYTES, "must be a size such as 32KiB, 64MiB or a number of bytes");
  }

  static int integer(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  /** One of a few words. */
  static UnaryOperator<String> oneOf(String... words) {
    return text -> {
      if (!List.of(words).contains(text)) {
        throw new IllegalArgumentException("must be " + String.join(" or ", words));
      }
      return text;
    };
  }

  private static long scaled(String text, Map<String, Long> units, String expected) {
    Matcher matcher = WITH_UNIT.matcher(text);
    Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(expected);
    }
    BigInteger scaled = new BigInteger(matcher.group(1)).multiply(BigInteger.valueOf(unit));
    if (scaled.compareTo(LONG_MAX) > 0) {
      throw new IllegalArgumentException("is too large");
    }
    return scaled.longValue();
  }
}
