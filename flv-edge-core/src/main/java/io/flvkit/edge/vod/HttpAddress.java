package io.flvkit.edge.vod;

import io.flvkit.edge.OriginConfig;
import io.flvkit.edge.VodSource;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.token.CanonicalPath;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An HTTP origin as configured.
 *
 * @param redirectHosts where it may send a request on
 */
record HttpAddress(OriginConfig origin, Duration connectTimeout, Set<String> redirectHosts)
    implements OriginAddress {

  /** Each origin of a mount counts as configured, besides what is named. */
  static List<OriginAddress> of(VodSource.Http source, Duration connectTimeout) {
    Set<String> hosts = new HashSet<>(source.followRedirectsTo());
    source.origins().forEach(origin -> hosts.add(origin.hostAndPort()));
    return source.origins().stream()
        .map(origin -> (OriginAddress) new HttpAddress(origin, connectTimeout, Set.copyOf(hosts)))
        .toList();
  }

  @Override
  public String name() {
    return origin.url().toString();
  }

  @Override
  public OriginRequest request(String method, CanonicalPath file, Headers fields) {
    Headers.Builder headers = fields.toBuilder();
    if (origin.host() != null) {
      headers.set("Host", origin.host());
    }
    origin.headers().forEach(headers::set);
    return new OriginRequest(
        URI.create(origin.url() + file.encoded().substring(1)),
        method,
        headers.build(),
        connectTimeout,
        redirectHosts,
        origin.authorities());
  }
}
