package io.flvkit.edge.routing;

import com.google.common.base.CharMatcher;
import java.util.ArrayList;
import java.util.List;

/** The part of a query that a mount passes to its origin. */
final class ForwardedQuery {
  /** Only what a URI may hold: the rest could mean something else to another program. */
  private static final CharMatcher SAFE =
      CharMatcher.inRange('a', 'z')
          .or(CharMatcher.inRange('A', 'Z'))
          .or(CharMatcher.inRange('0', '9'))
          .or(CharMatcher.anyOf("-._~%!$'()*+,;=:@/?"))
          .precomputed();

  private ForwardedQuery() {}

  /** The parameters of those names as they were sent, in their order. */
  static String of(String rawQuery, List<String> names) {
    if (rawQuery.isEmpty() || names.isEmpty()) {
      return "";
    }
    List<String> kept = new ArrayList<>();
    for (String pair : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (names.contains(equals < 0 ? pair : pair.substring(0, equals))
          && SAFE.matchesAllOf(pair)) {
        kept.add(pair);
      }
    }
    return String.join("&", kept);
  }
}
