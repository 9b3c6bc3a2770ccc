package io.flvkit.vod.cache;

import io.flvkit.vod.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer of an origin may be used without asking again (RFC 9111, 4.2), by a cache that
 * is shared.
 *
 * @param received when the answer came
 * @param ageThen how old it was at that time
 * @param lifetime how old it may become
 * @param staleWhileRevalidate how long after that it may be used while it is validated (RFC 5861)
 * @param neverStale whether it may not be used beyond its lifetime even when the origin is down
 */
public record Freshness(
    Instant received,
    Duration ageThen,
    Duration lifetime,
    Duration staleWhileRevalidate,
    boolean neverStale) {
  private static final Pattern LIST = Pattern.compile("\\s*,\\s*");

  /**
   * Judges the answer to a GET.
   *
   * @param header the value of a field, several lines of it joined by a comma; null if absent
   * @param asked when the request was sent
   * @param received when the head of the answer came
   * @param fallback the lifetime when the answer names none
   * @return empty if a shared cache must not keep the answer: no-store, private, Set-Cookie, or a
   *     Vary that no two of our requests have in common
   */
  public static Optional<Freshness> of(
      Function<String, @Nullable String> header,
      Instant asked,
      Instant received,
      Duration fallback) {
    CacheControl control = CacheControl.parse(header.apply("Cache-Control"));
    if (control.has("no-store")
        || control.has("private")
        || header.apply("Set-Cookie") != null
        || variesByRequest(header.apply("Vary"))) {
      return Optional.empty();
    }
    Duration lifetime = lifetime(control, header, received, fallback);
    boolean never =
        control.has("must-revalidate")
            || control.has("proxy-revalidate")
            || control.has("s-maxage")
            || control.has("no-cache");
    Duration grace = control.seconds("stale-while-revalidate");
    return Optional.of(
        new Freshness(
            received,
            age(header, asked, received),
            lifetime,
            grace == null || never ? Duration.ZERO : grace,
            never));
  }

  /**
   * Fields named in Vary are those of our own request, always the same; only what is new with each
   * request makes each answer another one.
   */
  private static boolean variesByRequest(@Nullable String vary) {
    if (vary == null) {
      return false;
    }
    return LIST.splitAsStream(vary.strip().toLowerCase(Locale.ROOT))
        .anyMatch(name -> name.equals("*") || name.equals("x-request-id"));
  }

  private static Duration lifetime(
      CacheControl control,
      Function<String, @Nullable String> header,
      Instant received,
      Duration fallback) {
    if (control.has("no-cache")) {
      return Duration.ZERO;
    }
    Duration shared = control.seconds("s-maxage");
    if (shared != null) {
      return shared;
    }
    Duration own = control.seconds("max-age");
    if (own != null) {
      return own;
    }
    String expires = header.apply("Expires");
    if (expires == null) {
      return fallback;
    }
    Instant date = date(header.apply("Date"), received).orElse(received);
    Duration left =
        date(expires, received).map(end -> Duration.between(date, end)).orElse(Duration.ZERO);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** RFC 9111, 4.2.3. */
  private static Duration age(
      Function<String, @Nullable String> header, Instant asked, Instant received) {
    Duration apparent =
        date(header.apply("Date"), received)
            .map(date -> Duration.between(date, received))
            .filter(age -> !age.isNegative())
            .orElse(Duration.ZERO);
    Duration told = CacheControl.parse("age=" + header.apply("Age")).seconds("age");
    Duration corrected =
        (told == null ? Duration.ZERO : told).plus(Duration.between(asked, received));
    // A Date has no fractions: what is less than a second is none.
    Duration age = apparent.compareTo(corrected) > 0 ? apparent : corrected;
    return Duration.ofSeconds(Math.max(0, age.toSeconds()));
  }

  private static Optional<Instant> date(@Nullable String text, Instant now) {
    return text == null ? Optional.empty() : HttpDate.parse(text, now);
  }

  /** The age of the answer, for the Age field; never negative. */
  public Duration age(Instant now) {
    Duration resident = Duration.between(received, now);
    return ageThen.plus(resident.isNegative() ? Duration.ZERO : resident);
  }

  /** How much longer it is fresh; negative: since when it is stale. */
  public Duration left(Instant now) {
    return lifetime.minus(age(now));
  }

  /** Whether it may be used without asking. */
  public boolean isFresh(Instant now) {
    return left(now).compareTo(Duration.ZERO) > 0;
  }

  /** Whether it may be used once more while it is being validated. */
  public boolean servesWhileRevalidated(Instant now) {
    return left(now).plus(staleWhileRevalidate).compareTo(Duration.ZERO) > 0;
  }

  /** Whether it may be used because no origin answers, up to {@code limit} beyond its lifetime. */
  public boolean servesOnError(Instant now, Duration limit) {
    return !neverStale && left(now).plus(limit).compareTo(Duration.ZERO) >= 0;
  }
}
