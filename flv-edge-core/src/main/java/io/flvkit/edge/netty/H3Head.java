package io.flvkit.edge.netty;

import io.netty.handler.codec.http3.Http3Headers;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is left to look at in a request head of HTTP/3 (RFC 9114, section 4.2). */
final class H3Head {
  /** Fields that speak of a connection of HTTP/1. */
  private static final Set<String> OF_CONNECTIONS =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  private static final String TOKEN_EXTRAS = "!#$%&'*+-.^_`|~";

  private H3Head() {}

  /** Why a request is not taken; null if it is. The decoder looked at pseudo fields only. */
  static @Nullable Refusal refusal(Http3Headers head, HttpLimits limits) {
    int bytes = 0;
    for (Map.Entry<CharSequence, CharSequence> field : head) {
      bytes += field.getKey().length() + field.getValue().length() + 32; // RFC 9114, 4.2.2
      if (!isWellFormed(field.getKey(), field.getValue())) {
        return new Refusal(400, "malformed header field");
      }
    }
    if (bytes > limits.headerBytes()) {
      return new Refusal(431, "header fields too large");
    }
    return StreamHead.refusal(head);
  }

  private static boolean isWellFormed(CharSequence name, CharSequence value) {
    String text = name.toString();
    if (OF_CONNECTIONS.contains(text) || (text.equals("te") && !"trailers".contentEquals(value))) {
      return false;
    }
    return isName(text.startsWith(":") ? text.substring(1) : text) && isValue(value);
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= '0' && c <= '9')
                        || TOKEN_EXTRAS.indexOf(c) >= 0);
  }

  private static boolean isValue(CharSequence value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f));
  }
}
