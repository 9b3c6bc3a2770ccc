package io.flvkit.edge;

import java.time.Duration;

/** The checks that the configuration records share; a refusal names the key. */
final class Ranges {
  /** No duration of the configuration is longer than a day. */
  private static final Duration DAY = Duration.ofDays(1);

  private Ranges() {}

  static void positive(String key, Duration value) {
    require(value.compareTo(Duration.ZERO) > 0 && value.compareTo(DAY) <= 0, key, "1ms to 24h");
  }

  static void notNegative(String key, Duration value) {
    require(!value.isNegative() && value.compareTo(DAY) <= 0, key, "0s to 24h");
  }

  static void within(String key, long value, long least, long most) {
    require(value >= least && value <= most, key, least + " to " + most);
  }

  static void notNegative(String key, long value) {
    require(value >= 0, key, "0 (no limit) or more");
  }

  /** A mount's path: starts and ends with a slash, plain segments between. */
  static void mountPath(String key, String value) {
    require(
        value.matches("/([A-Za-z0-9._~-]+/)*") && !value.matches(".*/\\.{1,2}/.*"),
        key,
        "a path of plain segments that starts and ends with a slash, such as /live/");
  }

  static void require(boolean fine, String key, String expected) {
    if (!fine) {
      throw new IllegalArgumentException(key + ": must be " + expected);
    }
  }
}
