package io.flvkit.edge.routing;

import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.log.AccessLog;
import io.flvkit.edge.log.Redaction;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.metrics.EdgeMetrics;
import java.net.InetAddress;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link Exchange} of each request.
 *
 * @param log where each one ends up
 * @param redaction takes the secrets of all mounts out, also where no mount was found
 * @param cacheStatusHeader the response header that the log repeats
 */
record Exchanges(
    EdgeMetrics metrics,
    AccessLog log,
    Redaction redaction,
    InstantSource wallClock,
    String cacheStatusHeader) {

  Exchange begin(EdgeRequest request, String id, InetAddress client, @Nullable Loop loop) {
    return new Exchange(this, request, id, client, loop);
  }
}
