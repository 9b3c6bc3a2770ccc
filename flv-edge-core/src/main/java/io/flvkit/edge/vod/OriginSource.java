package io.flvkit.edge.vod;

import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Passes requests on to origins: one request there for one of a client, nothing kept. Who wants to
 * begin in the middle of a file costs as many as it takes to find the place.
 */
final class OriginSource implements FileSource {
  private final Origins origins;
  private final String cacheStatusHeader;
  private final Executor seekers;
  private final SeekViews views = new SeekViews();

  /**
   * A source.
   *
   * @param seekers runs what may block on bytes that have to come
   */
  OriginSource(Origins origins, String cacheStatusHeader, Executor seekers) {
    this.origins = origins;
    this.cacheStatusHeader = cacheStatusHeader;
    this.seekers = seekers;
  }

  @Override
  public CompletionStage<EdgeResponse> answer(
      RoutedRequest request, CanonicalPath file, Loop loop, VodEvents events) {
    SeekQuery seek = SeekQuery.of(request.query(), file.fileName());
    return seek == null
        ? pass(request, file, loop, events)
        : new PassedSeek(this, request, file, seek, loop, events).answer();
  }

  /** The answer of an origin to the request as it is. */
  CompletionStage<EdgeResponse> pass(
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

  Origins origins() {
    return origins;
  }

  String cacheStatusHeader() {
    return cacheStatusHeader;
  }

  Executor seekers() {
    return seekers;
  }

  SeekViews views() {
    return views;
  }
}
