package io.flvkit.edge.vod;

import io.flvkit.edge.OriginConfig;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.token.CanonicalPath;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An HTTP origin as configured.
 *
 * @param redirectHosts where it may send a request on: to the other origins of the mount
 */
record HttpAddress(OriginConfig origin, Duration connectTimeout, Set<String> redirectHosts)
    implements OriginAddress {

  static List<OriginAddress> of(List<OriginConfig> origins, Duration connectTimeout) {
    Set<String> hosts =
        origins.stream().map(OriginConfig::hostAndPort).collect(Collectors.toUnmodifiableSet());
    return origins.stream()
        .map(origin -> (OriginAddress) new HttpAddress(origin, connectTimeout, hosts))
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
