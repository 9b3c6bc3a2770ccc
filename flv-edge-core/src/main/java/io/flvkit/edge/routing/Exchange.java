package io.flvkit.edge.routing;

import io.flvkit.edge.http.EdgeRequest;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its response, as logs tell of it.
 *
 * @param id the request's id
 * @param client the client's address, trusted proxies taken off
 */
record Exchange(EdgeRequest request, String id, InetAddress client) {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  void fault(Throwable cause) {
    LOG.error("request {} {} failed", id, request.target(), cause);
  }
}
