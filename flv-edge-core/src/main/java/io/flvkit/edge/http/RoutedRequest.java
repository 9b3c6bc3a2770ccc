package io.flvkit.edge.http;

import io.flvkit.token.CanonicalPath;
import java.net.InetAddress;

/**
 * A request that was read and found to belong to a service.
 *
 * @param id the request id: the client's {@code X-Request-Id} if it is a sane one, else made here
 * @param request as the client sent it
 * @param path the one reading of its path
 * @param query its query
 * @param client the client's address, trusted proxies taken off
 */
public record RoutedRequest(
    String id, EdgeRequest request, CanonicalPath path, Query query, InetAddress client) {

  public boolean isHead() {
    return request.method().equals("HEAD");
  }

  public Headers headers() {
    return request.headers();
  }
}
