package io.flvkit.token.internal;

import io.flvkit.token.Link;
import io.flvkit.token.Verdict.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The value of a parameter that a token needs, or why there is none.
 *
 * @param value as written, not decoded; null if there is a problem
 * @param problem only meaningful without a value
 */
record Parameter(@Nullable String value, Reason problem) {

  /** Takes the one parameter of {@code link} that has one of {@code names}. */
  static Parameter oneOf(Link link, String... names) {
    String query = link.query();
    String value = null;
    for (String name : names) {
      long found = Query.find(query, 0, name);
      if (found == Query.TWICE || (found != Query.ABSENT && value != null)) {
        return new Parameter(null, Reason.MALFORMED);
      }
      if (found != Query.ABSENT) {
        value = query.substring(Query.start(found), Query.end(found));
      }
    }
    return new Parameter(value, Reason.MISSING);
  }
}
