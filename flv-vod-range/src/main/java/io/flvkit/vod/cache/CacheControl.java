package io.flvkit.vod.cache;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The directives of a Cache-Control field (RFC 9111, 5.2); the first of equal ones counts. */
final class CacheControl {
  private static final Pattern DIRECTIVE =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]*)))?");

  /** Longer than any file lives; larger numbers mean the same. */
  private static final int DIGITS_MAX = 10;

  private final Map<String, String> directives = new HashMap<>();

  private CacheControl() {}

  static CacheControl parse(@Nullable String fieldValue) {
    CacheControl parsed = new CacheControl();
    Matcher matcher = DIRECTIVE.matcher(fieldValue == null ? "" : fieldValue);
    while (matcher.find()) {
      String value = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
      parsed.directives.putIfAbsent(
          matcher.group(1).toLowerCase(Locale.ROOT), value == null ? "" : value);
    }
    return parsed;
  }

  boolean has(String directive) {
    return directives.containsKey(directive);
  }

  /** The seconds of a directive; null without it, zero when they cannot be read. */
  @Nullable Duration seconds(String directive) {
    String value = directives.get(directive);
    if (value == null) {
      return null;
    }
    if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Duration.ZERO;
    }
    return value.length() > DIGITS_MAX
        ? Duration.ofSeconds((long) Math.pow(10, DIGITS_MAX))
        : Duration.ofSeconds(Long.parseLong(value));
  }
}
