package io.flvkit.edge.vod;

import io.flvkit.edge.OriginConfig;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.OriginConnector;
import io.flvkit.token.CanonicalPath;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Passes requests on to origins: one request there for one of a client, nothing kept. */
final class OriginSource implements FileSource {
  private final Origins origins;
  private final String cacheStatusHeader;

  OriginSource(Origins origins, String cacheStatusHeader) {
    this.origins = origins;
    this.cacheStatusHeader = cacheStatusHeader;
  }

  OriginSource(
      List<OriginConfig> origins,
      String cacheStatusHeader,
      OriginConnector connector,
      OriginDeadlines deadlines) {
    this(
        new Origins(HttpAddress.of(origins, deadlines.connect()), connector, deadlines),
        cacheStatusHeader);
  }

  @Override
  public CompletionStage<EdgeResponse> answer(
      RoutedRequest request, CanonicalPath file, Loop loop, VodEvents events) {
    Headers fields = OriginHeaders.toOrigin(request);
    OriginExchange exchange =
        new OriginExchange(
            request.isHead(),
            fields.first("Range") != null,
            origins.deadlines(),
            loop,
            cacheStatusHeader);
    origins.ask(request.request().method(), file, fields, loop, events, exchange);
    return exchange.answer();
  }
}
