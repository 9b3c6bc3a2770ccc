package io.flvkit.edge.vod;

import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.Protocol;
import io.flvkit.edge.http.Query;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.token.CanonicalPath;
import java.net.InetAddress;

/** Requests as the router hands them over. */
final class Requests {
  private Requests() {}

  static RoutedRequest get(String path, String... headers) {
    return of("GET", path, headers);
  }

  static RoutedRequest head(String path, String... headers) {
    return of("HEAD", path, headers);
  }

  static RoutedRequest of(String method, String path, String... headers) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    EdgeRequest request =
        new EdgeRequest(method, path, Headers.of(headers), loopback, Protocol.H1, 0);
    return new RoutedRequest(
        "request-1", request, CanonicalPath.parse(path), Query.parse(null), loopback);
  }
}
