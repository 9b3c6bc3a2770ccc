package io.flvkit.edge.routing;

import io.flvkit.edge.access.AccessPolicy;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.token.CanonicalPath;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One mount: a part of the path space and what answers there. */
interface Route {
  /** What a request hears that passed this edge before. */
  EdgeResponse LOOPS = EdgeResponse.text(508, "the request has come back to where it was");

  /** {@code live}, {@code vod} or {@code page}, as in metrics and logs. */
  String service();

  /** The mount's path; ends with a slash. */
  CanonicalPath mount();

  /** The name of the live stream, or null. */
  @Nullable String stream(CanonicalPath path);

  /** Who may ask. */
  AccessPolicy access();

  /** Whether there is anything at that path; decides 404 before any other check. */
  boolean has(CanonicalPath path);

  /**
   * Answers a GET or HEAD that was allowed.
   *
   * @throws io.flvkit.edge.http.BadRequestException if the query makes no sense
   */
  CompletionStage<EdgeResponse> serve(RoutedRequest request, Exchange exchange, Loop loop);
}
