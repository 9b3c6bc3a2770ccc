package io.flvkit.edge.routing;

import com.google.common.base.CharMatcher;
import io.flvkit.edge.http.EdgeRequest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** The id of a request: the client's own if it is a sane one, else a random one. */
record RequestIds(RandomGenerator random) {
  private static final int LENGTH_MAX = 128;
  private static final CharMatcher PLAIN =
      CharMatcher.inRange('a', 'z')
          .or(CharMatcher.inRange('A', 'Z'))
          .or(CharMatcher.inRange('0', '9'))
          .or(CharMatcher.anyOf("-_.:"))
          .precomputed();

  String of(EdgeRequest request) {
    String sent = request.headers().first("X-Request-Id");
    if (sent != null
        && !sent.isEmpty()
        && sent.length() <= LENGTH_MAX
        && PLAIN.matchesAllOf(sent)) {
      return sent;
    }
    byte[] made = new byte[12];
    random.nextBytes(made);
    return HexFormat.of().formatHex(made);
  }
}
