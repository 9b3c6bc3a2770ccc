package io.flvkit.edge.origin;

import io.flvkit.edge.http.Headers;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a pull asks for.
 *
 * @param uri absolute, http or https
 * @param method GET or HEAD
 * @param headers fields to send besides Host and those of the connection
 * @param connectTimeout limit for the TCP connection, and another time for the handshake of TLS
 * @param redirectHosts {@code host} or {@code host:port} entries that a redirect may lead to
 * @param authorities whose certificates are trusted; empty: those of the Java installation
 */
public record OriginRequest(
    URI uri,
    String method,
    Headers headers,
    Duration connectTimeout,
    Set<String> redirectHosts,
    List<X509Certificate> authorities) {

  /** A request to an origin that the authorities of the Java installation know, if any. */
  public OriginRequest(
      URI uri, String method, Headers headers, Duration connectTimeout, Set<String> redirectHosts) {
    this(uri, method, headers, connectTimeout, redirectHosts, List.of());
  }

  /** The same with other header fields. */
  public OriginRequest withHeaders(Headers others) {
    return new OriginRequest(uri, method, others, connectTimeout, redirectHosts, authorities);
  }
}
