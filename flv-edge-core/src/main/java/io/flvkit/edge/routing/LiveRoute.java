package io.flvkit.edge.routing;

import io.flvkit.edge.LiveConfig;
import io.flvkit.edge.access.AccessPolicy;
import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.live.LiveAnswer;
import io.flvkit.edge.live.LiveRequest;
import io.flvkit.edge.live.LiveService;
import io.flvkit.edge.live.RenditionKind;
import io.flvkit.edge.live.StartAt;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.CdnLoop;
import io.flvkit.edge.origin.OriginAnswer;
import io.flvkit.token.CanonicalPath;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.RangeSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A mount of live streams: requests in words of HTTP, the service's answers in statuses. */
final class LiveRoute implements Route {
  private static final String FLV = ".flv";
  private static final List<ByteRange> EVERYTHING = List.of(new ByteRange(0, Long.MAX_VALUE - 1));

  private final LiveConfig config;
  private final LiveService service;
  private final String cacheStatusHeader;
  private final CanonicalPath mount;
  private final List<String> forwarded;

  LiveRoute(LiveConfig config, LiveService service, String cacheStatusHeader) {
    this.config = config;
    this.service = service;
    this.cacheStatusHeader = cacheStatusHeader;
    this.mount = CanonicalPath.parse(config.path());
    Set<String> secrets = config.access().secretParameters();
    this.forwarded =
        config.forwardQuery().stream()
            .filter(
                name ->
                    !RenditionQuery.isNamed(name)
                        && !StartQuery.isNamed(name)
                        && !secrets.contains(name))
            .toList();
  }

  @Override
  public String service() {
    return "live";
  }

  @Override
  public CanonicalPath mount() {
    return mount;
  }

  @Override
  public @Nullable String stream(CanonicalPath path) {
    return path.encoded();
  }

  @Override
  public AccessPolicy access() {
    return config.access();
  }

  @Override
  public boolean has(CanonicalPath path) {
    return path.fileName().endsWith(FLV) && path.fileName().length() > FLV.length();
  }

  @Override
  public CompletionStage<EdgeResponse> serve(RoutedRequest request, Exchange exchange, Loop loop) {
    RenditionKind rendition = RenditionQuery.of(request.query());
    StartAt start = StartQuery.of(request.query());
    if (asksForPart(request.headers().first("Range"))) {
      return CompletableFuture.completedFuture(
          EdgeResponse.text(416, "a live stream has no ranges"));
    }
    List<String> hops = request.headers().all(CdnLoop.FIELD);
    if (service.loop().isClosedBy(hops)) {
      return CompletableFuture.completedFuture(Route.LOOPS);
    }
    LiveRequest live =
        new LiveRequest(
            request.path(),
            ForwardedQuery.of(request.query().raw(), forwarded),
            rendition,
            start,
            request.request().protocol(),
            exchange,
            hops,
            request.id());
    exchange.rendition(rendition);
    return service.watch(config, live).thenApply(answer -> toResponse(answer, exchange));
  }

  /** Players ask for {@code bytes=0-} where they mean everything; all else cannot be answered. */
  private static boolean asksForPart(@Nullable String range) {
    return range != null
        && RangeSet.parse(range)
            .map(set -> !set.resolve(Long.MAX_VALUE).equals(EVERYTHING))
            .orElse(false);
  }

  private EdgeResponse toResponse(LiveAnswer answer, Exchange exchange) {
    if (answer instanceof LiveAnswer.Watching watching) {
      exchange.origin(watching.origin());
      return new EdgeResponse(
          200,
          Headers.of(
              "Content-Type",
              "video/x-flv",
              "Cache-Control",
              "no-store",
              "X-Accel-Buffering",
              "no",
              cacheStatusHeader,
              watching.waited() ? "MISS" : "HIT"),
          watching.body());
    }
    if (answer instanceof LiveAnswer.Refused refused) {
      return passOn(refused.answer());
    }
    if (answer instanceof LiveAnswer.Failed failed) {
      return failed.isTimeout()
          ? EdgeResponse.text(504, "the origin did not answer in time")
          : EdgeResponse.text(502, "no origin serves this stream");
    }
    exchange.limitHit(((LiveAnswer.Overloaded) answer).limit());
    return EdgeResponse.unavailable("as many watch as may");
  }

  private EdgeResponse passOn(OriginAnswer answer) {
    Headers.Builder headers = Headers.builder();
    if (answer.contentType() != null) {
      headers.add("Content-Type", answer.contentType());
    }
    headers.add("Cache-Control", "no-store").add(cacheStatusHeader, "MISS");
    return new EdgeResponse(answer.status(), headers.build(), new Body.Bytes(answer.body()));
  }
}
