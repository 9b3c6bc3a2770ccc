package io.flvkit.edge.routing;

import io.flvkit.edge.PlayerConfig;
import io.flvkit.edge.access.AccessPolicy;
import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.edge.player.PageAnswer;
import io.flvkit.edge.player.PlayerPage;
import io.flvkit.token.CanonicalPath;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The mount of the demo player page. */
final class PageRoute implements Route {
  private final CanonicalPath mount;
  private final PlayerPage page;

  PageRoute(PlayerConfig config, PlayerPage page) {
    this.mount = CanonicalPath.parse(config.path());
    this.page = page;
  }

  @Override
  public String service() {
    return "page";
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
    return AccessPolicy.OPEN;
  }

  @Override
  public boolean has(CanonicalPath path) {
    return page.answer(nameOf(path), null).status() != 404;
  }

  private String nameOf(CanonicalPath path) {
    return path.decoded().substring(mount.decoded().length());
  }

  @Override
  public CompletionStage<EdgeResponse> serve(RoutedRequest request, Exchange exchange, Loop loop) {
    PageAnswer answer =
        page.answer(nameOf(request.path()), request.headers().first("If-None-Match"));
    Headers.Builder headers = Headers.builder();
    answer.headers().forEach(headers::add);
    return CompletableFuture.completedFuture(
        new EdgeResponse(answer.status(), headers.build(), new Body.Bytes(answer.content())));
  }
}
