package io.flvkit.edge.routing;

import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.log.AccessLog;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.metrics.EdgeMetrics;
import java.net.InetAddress;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link Exchange} of each request.
 *
 * @param log where each one ends up
 * @param cacheStatusHeader the response header that the log repeats
 */
record Exchanges(
    EdgeMetrics metrics, AccessLog log, InstantSource wallClock, String cacheStatusHeader) {

  Exchange begin(EdgeRequest request, String id, InetAddress client, @Nullable Loop loop) {
    return new Exchange(this, request, id, client, loop);
  }
}
