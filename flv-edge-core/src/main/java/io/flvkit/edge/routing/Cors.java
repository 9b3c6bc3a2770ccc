package io.flvkit.edge.routing;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;

/** Lets pages of other origins read answers: players fetch, and look at timing and headers. */
record Cors(String allowOrigin, String cacheStatusHeader) {
  private static final String MAX_AGE_SECONDS = "86400";

  void addTo(Headers.Builder headers) {
    headers.set("Access-Control-Allow-Origin", allowOrigin).set("Timing-Allow-Origin", allowOrigin);
    headers.set(
        "Access-Control-Expose-Headers",
        "Accept-Ranges, Content-Length, Content-Range, Date, ETag, Retry-After, X-Request-Id, "
            + cacheStatusHeader);
    if (!allowOrigin.equals("*")) {
      headers.add("Vary", "Origin");
    }
  }

  /** The answer to OPTIONS: what a browser asks before a request with a Range header. */
  EdgeResponse preflight(EdgeRequest request) {
    Headers.Builder headers = Headers.builder().add("Allow", "GET, HEAD, OPTIONS");
    if (request.headers().first("Access-Control-Request-Method") != null) {
      headers
          .add("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
          .add("Access-Control-Allow-Headers", "Range, If-Range, If-None-Match, X-Request-Id")
          .add("Access-Control-Max-Age", MAX_AGE_SECONDS);
    }
    return new EdgeResponse(204, headers.build(), Body.EMPTY);
  }
}
