package io.flvkit.edge.routing;

import io.flvkit.edge.VodConfig;
import io.flvkit.edge.access.AccessPolicy;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.origin.CdnLoop;
import io.flvkit.edge.vod.VodService;
import io.flvkit.token.CanonicalPath;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A mount of files on demand. Which files there are is nobody's business who has no access. */
final class VodRoute implements Route {
  private final VodConfig config;
  private final VodService service;
  private final CdnLoop cdnLoop;
  private final CanonicalPath mount;

  VodRoute(VodConfig config, VodService service, CdnLoop loop) {
    this.config = config;
    this.service = service;
    this.cdnLoop = loop;
    this.mount = CanonicalPath.parse(config.path());
  }

  @Override
  public String service() {
    return "vod";
  }

  @Override
  public CanonicalPath mount() {
    return mount;
  }

  @Override
  public @Nullable String stream(CanonicalPath path) {
    return null;
  }

  @Override
  public AccessPolicy access() {
    return config.access();
  }

  @Override
  public boolean has(CanonicalPath path) {
    return true;
  }

  @Override
  public CompletionStage<EdgeResponse> serve(RoutedRequest request, Exchange exchange, Loop loop) {
    if (cdnLoop.isClosedBy(request.headers().all(CdnLoop.FIELD))) {
      return CompletableFuture.completedFuture(Route.LOOPS);
    }
    return service.answer(request, loop, exchange);
  }
}
