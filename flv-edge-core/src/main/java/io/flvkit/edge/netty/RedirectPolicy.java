package io.flvkit.edge.netty;

import io.flvkit.edge.origin.OriginRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where an origin may send a pull: to its own host and port, and to what is configured. */
final class RedirectPolicy {
  private RedirectPolicy() {}

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
