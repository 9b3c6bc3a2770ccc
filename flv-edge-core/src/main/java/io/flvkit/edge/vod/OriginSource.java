package io.flvkit.edge.vod;

import io.flvkit.edge.OriginConfig;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginConnector;
import io.flvkit.edge.origin.OriginRequest;
import io.flvkit.token.CanonicalPath;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes requests on to HTTP origins: one request there for one of a client, nothing kept. An
 * origin that served is asked first the next time, so that a dead one costs its deadline once.
 */
final class OriginSource implements FileSource {
  private final List<OriginConfig> origins;
  private final String cacheStatusHeader;
  private final OriginConnector connector;
  private final OriginDeadlines deadlines;
  private final AtomicInteger preferred = new AtomicInteger();

  OriginSource(
      List<OriginConfig> origins,
      String cacheStatusHeader,
      OriginConnector connector,
      OriginDeadlines deadlines) {
    this.origins = origins;
    this.cacheStatusHeader = cacheStatusHeader;
    this.connector = connector;
    this.deadlines = deadlines;
  }

  @Override
  public CompletionStage<EdgeResponse> answer(
      RoutedRequest request, CanonicalPath file, Loop loop, VodEvents events) {
    List<Candidate> candidates =
        origins.stream()
            .map(origin -> new Candidate(origin.url().toString(), toOrigin(request, file, origin)))
            .toList();
    OriginExchange exchange =
        new OriginExchange(
            candidates, preferred, connector, deadlines, loop, cacheStatusHeader, events);
    return exchange.start();
  }

  /**
   * What one origin would be asked.
   *
   * @param origin its URL in the configuration
   */
  record Candidate(String origin, OriginRequest request) {}

  private OriginRequest toOrigin(RoutedRequest request, CanonicalPath file, OriginConfig origin) {
    return new OriginRequest(
        URI.create(origin.url() + file.encoded().substring(1)),
        request.request().method(),
        OriginHeaders.toOrigin(request, origin),
        deadlines.connect(),
        Set.of());
  }
}
