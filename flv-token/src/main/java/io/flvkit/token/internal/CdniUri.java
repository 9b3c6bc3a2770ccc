package io.flvkit.token.internal;

import io.flvkit.token.Link;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A URI as a container is compared with it (RFC 9246, section 2.1.15): scheme and host in lower
 * case, without the port that the scheme implies, percent-encoded in one way (RFC 3986, 6.2.2).
 */
final class CdniUri {
  private static final Pattern IMPLIED_PORT =
      Pattern.compile("^(http://[^@]*):80$|^(https://[^@]*):443$");
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
  private static final String UNRESERVED = "[A-Za-z0-9._~-]";

  private CdniUri() {}

  /** Returns {@code link}, which carries no token, in the form that is compared. */
  static String of(Link link) {
    String query = ESCAPE.matcher(link.query()).replaceAll(CdniUri::escape);
    return origin(link) + link.path().encoded() + (query.isEmpty() ? "" : "?" + query);
  }

  /** Returns scheme and authority of {@code link} in that form; empty if it has none. */
  static String origin(Link link) {
    String origin = link.origin().toLowerCase(Locale.ROOT);
    return IMPLIED_PORT.matcher(origin).replaceFirst("$1$2");
  }

  private static String escape(MatchResult escape) {
    String character = Character.toString(Integer.parseInt(escape.group(1), 16));
    return character.matches(UNRESERVED) ? character : escape.group().toUpperCase(Locale.ROOT);
  }
}
