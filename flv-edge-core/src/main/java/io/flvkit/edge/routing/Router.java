package io.flvkit.edge.routing;

import io.flvkit.edge.access.AccessRequest;
import io.flvkit.edge.access.AccessVerdict;
import io.flvkit.edge.access.AccessVerdict.Denied;
import io.flvkit.edge.access.TrustedProxies;
import io.flvkit.edge.http.BadRequestException;
import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeHandler;
import io.flvkit.edge.http.EdgeRequest;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.Protocol;
import io.flvkit.edge.http.Query;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.token.BadPathException;
import io.flvkit.token.CanonicalPath;
import io.flvkit.vod.HttpDate;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds the mount of a request and keeps the order of checks: syntax and path 400, route 404,
 * preflight, method 405, access 403 or 410, query 400, then what the service says. Thread-safe.
 */
final class Router implements EdgeHandler {
  private static final String METHODS = "GET, HEAD, OPTIONS";

  private final List<Route> routes;
  private final TrustedProxies proxies;
  private final Cors cors;
  private final RequestIds ids;
  private final Exchanges exchanges;
  private final InstantSource wallClock;

  Router(
      List<Route> routes,
      TrustedProxies proxies,
      Cors cors,
      RequestIds ids,
      Exchanges exchanges,
      InstantSource wallClock) {
    this.routes =
        routes.stream()
            .sorted(
                Comparator.comparingInt((Route route) -> route.mount().decoded().length())
                    .reversed())
            .toList();
    this.proxies = proxies;
    this.cors = cors;
    this.ids = ids;
    this.exchanges = exchanges;
    this.wallClock = wallClock;
  }

  @Override
  public CompletionStage<EdgeResponse> handle(EdgeRequest request, Loop loop) {
    Exchange exchange = exchanges.begin(request, ids.of(request), clientOf(request), loop);
    return answer(request, exchange, loop)
        .exceptionally(failure -> faultAnswer(exchange, failure))
        .thenApply(response -> exchange.watch(decorate(response, exchange)));
  }

  @Override
  public EdgeResponse refuse(EdgeRequest request, int status, String why) {
    Exchange exchange = exchanges.begin(request, ids.of(request), clientOf(request), null);
    EdgeResponse refusal =
        status == 503 ? EdgeResponse.unavailable(why) : EdgeResponse.text(status, why);
    return exchange.watch(decorate(refusal, exchange));
  }

  private InetAddress clientOf(EdgeRequest request) {
    return proxies.clientAddress(request.peer(), request.headers().all("X-Forwarded-For"));
  }

  private CompletionStage<EdgeResponse> answer(EdgeRequest request, Exchange exchange, Loop loop) {
    if (request.target().equals("*") && request.method().equals("OPTIONS")) {
      return CompletableFuture.completedFuture(
          new EdgeResponse(204, Headers.of("Allow", METHODS), Body.EMPTY));
    }
    int mark = request.target().indexOf('?');
    String rawPath = mark < 0 ? request.target() : request.target().substring(0, mark);
    CanonicalPath path;
    Query query;
    try {
      path = CanonicalPath.parse(rawPath);
      query = Query.parse(mark < 0 ? null : request.target().substring(mark + 1));
    } catch (BadPathException | BadRequestException e) {
      return done(400, String.valueOf(e.getMessage()));
    }
    Route route = find(path);
    CanonicalPath resource = route == null ? withoutAnyToken(path) : route.access().resource(path);
    exchange.asksFor(resource, !resource.equals(path));
    if (route == null || !route.has(resource)) {
      return done(404, "nothing is served here");
    }
    exchange.route(route);
    if (request.method().equals("OPTIONS")) {
      return CompletableFuture.completedFuture(cors.preflight(request));
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return CompletableFuture.completedFuture(
          EdgeResponse.text(405, "only GET and HEAD").with("Allow", METHODS));
    }
    RoutedRequest routed =
        new RoutedRequest(exchange.id(), request, resource, query, exchange.client());
    return route
        .access()
        .check(accessRequest(routed, path, mark < 0 ? null : request.target().substring(mark + 1)))
        .thenCompose(verdict -> admit(verdict, route, routed, exchange, loop));
  }

  private AccessRequest accessRequest(
      RoutedRequest request, CanonicalPath sentPath, @Nullable String rawQuery) {
    return new AccessRequest(
        request.path(),
        sentPath,
        rawQuery,
        originOf(request.request()),
        request.client(),
        pageOf(request.request()),
        request.headers().first("User-Agent"),
        wallClock.instant());
  }

  private CompletionStage<EdgeResponse> admit(
      AccessVerdict verdict, Route route, RoutedRequest request, Exchange exchange, Loop loop) {
    if (verdict instanceof Denied denied) {
      exchange.denied(denied);
      return done(denied.status(), denied.status() == 410 ? "expired" : "not allowed");
    }
    exchange.endsAfter(route.access().maxSession());
    return route.serve(request, exchange, loop);
  }

  /** The mount of a path; a token may stand before it if the mount's rules say so. */
  private @Nullable Route find(CanonicalPath sent) {
    for (Route route : routes) {
      if (route.access().resource(sent).startsWith(route.mount())) {
        return route;
      }
    }
    return null;
  }

  /** For the log: a token that leads nowhere here may be good elsewhere. */
  private CanonicalPath withoutAnyToken(CanonicalPath sent) {
    CanonicalPath resource = sent;
    for (Route route : routes) {
      resource = route.access().resource(resource);
    }
    return resource;
  }

  /** The page that asks; for a WebSocket browsers say only where it is from (RFC 6454). */
  private static @Nullable String pageOf(EdgeRequest request) {
    String referer = request.headers().first("Referer");
    return referer == null && request.protocol() == Protocol.WS
        ? request.headers().first("Origin")
        : referer;
  }

  private static String originOf(EdgeRequest request) {
    String scheme = request.secure() ? "https://" : "http://";
    return scheme + Objects.requireNonNullElse(request.headers().first("Host"), "");
  }

  private static EdgeResponse faultAnswer(Exchange exchange, Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof BadRequestException) {
      return EdgeResponse.text(400, String.valueOf(cause.getMessage()));
    }
    exchange.fault(cause);
    return EdgeResponse.text(500, "internal error");
  }

  private EdgeResponse decorate(EdgeResponse response, Exchange exchange) {
    Headers.Builder headers = response.headers().toBuilder().set("X-Request-Id", exchange.id());
    headers.set("Date", HttpDate.format(wallClock.instant()));
    cors.addTo(headers);
    return new EdgeResponse(response.status(), headers.build(), response.body());
  }

  private static CompletionStage<EdgeResponse> done(int status, String line) {
    return CompletableFuture.completedFuture(EdgeResponse.text(status, line));
  }
}
