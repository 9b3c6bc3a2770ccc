package io.flvkit.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The checks that the configuration records share. Collects every refusal, then throws once. */
final class Checks {
  /** No duration of the configuration is longer than a day. */
  private static final Duration DAY = Duration.ofDays(1);

  private static final Pattern MOUNT = Pattern.compile("/([A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*");

  private final List<ConfigMistake> mistakes = new ArrayList<>();

  Checks positive(String key, Duration value) {
    boolean fine = value.compareTo(Duration.ZERO) > 0 && value.compareTo(DAY) <= 0;
    return require(fine, key, "must be more than 0s and at most 24h");
  }

  Checks notNegative(String key, Duration value) {
    return require(!value.isNegative() && value.compareTo(DAY) <= 0, key, "must be from 0s to 24h");
  }

  Checks notNegative(String key, long value) {
    return require(value >= 0, key, "must be 0 (no limit) or more");
  }

  Checks within(String key, long value, long least, long most) {
    return require(value >= least && value <= most, key, "must be from " + least + " to " + most);
  }

  /** A mount's path: starts and ends with a slash, plain segments between. */
  Checks mountPath(String key, String value) {
    return require(
        MOUNT.matcher(value).matches(),
        key,
        "must be a path of plain segments that starts and ends with a slash, such as /live/");
  }

  Checks matches(String key, String value, Pattern pattern, String message) {
    return require(pattern.matcher(value).matches(), key, message);
  }

  /** A list of {@code host} and {@code host:port}. */
  Checks hosts(String key, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      matches(key + "[" + i + "]", names.get(i), OriginConfig.HOST, "must be host or host:port");
    }
    return this;
  }

  Checks require(boolean fine, String key, String message) {
    if (!fine) {
      mistakes.add(new ConfigMistake(key, 0, message));
    }
    return this;
  }

  /** Throws {@code ConfigException} if anything was refused. */
  void done() {
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
  }
}
