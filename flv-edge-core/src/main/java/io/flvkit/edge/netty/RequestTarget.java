package io.flvkit.edge.netty;

import io.netty.handler.codec.http.HttpRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request line asks for (RFC 9112, 3.2), whichever form it has.
 *
 * @param target path and query, or {@code *}; as sent if it is none of these
 * @param authority the host that an absolute form names, which counts instead of the Host field;
 *     else null
 */
record RequestTarget(String target, @Nullable String authority) {

  static RequestTarget of(HttpRequest request) {
    String uri = request.uri();
    String start = uri.substring(0, Math.min(uri.length(), 8)).toLowerCase(Locale.ROOT);
    if (start.startsWith("http://")) {
      return absolute(uri, 7);
    }
    return start.equals("https://") ? absolute(uri, 8) : new RequestTarget(uri, null);
  }

  private static RequestTarget absolute(String uri, int from) {
    int end = from;
    while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
      end++;
    }
    String authority = uri.substring(from, end);
    if (authority.isEmpty() || authority.contains("@")) {
      return new RequestTarget(uri, null);
    }
    String rest = uri.substring(end);
    return new RequestTarget(rest.startsWith("/") ? rest : "/" + rest, authority);
  }

  /** Whether this is something that may be asked for. */
  boolean isKnown() {
    return target.startsWith("/") || target.equals("*");
  }
}
