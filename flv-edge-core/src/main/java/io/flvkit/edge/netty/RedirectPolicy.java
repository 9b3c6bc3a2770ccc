package io.flvkit.edge.netty;

import io.flvkit.edge.origin.OriginRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where an origin may send a pull: to its own host and port, and to what is configured. */
final class RedirectPolicy {
  /** What the edge itself says; all else is for the host that was configured, and may be secret. */
  private static final Set<String> OURS =
      Set.of(
          "accept-encoding",
          "cdn-loop",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "range",
          "user-agent",
          "x-request-id");

  private RedirectPolicy() {}

  /** Whether a field goes along when a redirect leads to another host. */
  static boolean travels(String name) {
    return OURS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The address to follow, or null if the redirect leads elsewhere. */
  static @Nullable URI target(URI from, String location, OriginRequest request) {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      return null;
    }
    boolean web = "http".equalsIgnoreCase(to.getScheme()) || NettyPull.isHttps(to);
    if (to.getHost() == null || !web) {
      return null;
    }
    boolean own =
        to.getHost().equalsIgnoreCase(request.uri().getHost())
            && NettyPull.port(to) == NettyPull.port(request.uri());
    String hostAndPort = to.getHost() + ":" + NettyPull.port(to);
    return own
            || request.redirectHosts().contains(to.getHost())
            || request.redirectHosts().contains(hostAndPort)
        ? to
        : null;
  }
}
