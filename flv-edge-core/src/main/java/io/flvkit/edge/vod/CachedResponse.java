package io.flvkit.edge.vod;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.loop.Loop;
import io.flvkit.vod.ContentRange;
import io.flvkit.vod.EntityTag;
import io.flvkit.vod.HttpDate;
import io.flvkit.vod.RangePlan;
import io.flvkit.vod.RangeRequest;
import io.flvkit.vod.Representation;
import io.flvkit.vod.cache.CachedFile;
import io.flvkit.vod.cache.SliceFill;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Words a plan as a response from the cache.
 *
 * @param boundaries a new boundary for each multipart answer
 */
record CachedResponse(String cacheStatusHeader, Supplier<String> boundaries) {
  private static final String DEFAULT_TYPE = "application/octet-stream";

  /** What a request gets of what it sees. */
  RangePlan plan(RoutedRequest request, View view, Instant now) {
    RangeRequest asked =
        RangeRequest.of(
            request.request().method(), name -> OriginHeaders.joined(name, request.headers()));
    return RangePlan.of(asked, view.representation(), now);
  }

  /**
   * The response.
   *
   * @param loader begins to fetch a slice
   * @param cost bytes that the request has made the origin send already
   */
  EdgeResponse of(
      RoutedRequest request,
      CachedFile file,
      View view,
      RangePlan plan,
      CacheStatus status,
      Consumer<SliceFill> loader,
      long cost,
      Loop loop,
      CacheContext context) {
    Headers.Builder headers = fields(file, view, status, context.now());
    List<Segment> segments =
        Laid.out(plan, view, request.isHead(), typeOf(file), boundaries, headers);
    if (segments.isEmpty()) {
      return new EdgeResponse(plan.status(), headers.build(), Body.EMPTY);
    }
    Body quick =
        segments.size() == 1 && segments.get(0) instanceof Segment.OfFile part
            ? OpenSlices.body(context.cache(), file, part.range())
            : null;
    return new EdgeResponse(
        plan.status(),
        headers.build(),
        quick != null
            ? quick
            : new Body.Pulled(
                segments.stream().mapToLong(Segment::lengthBytes).sum(),
                new SlicedBody(
                    context.cache(), file, segments, loader, cost, loop, context.disk())));
  }

  /** The answer to a wish for what comes after the end. */
  EdgeResponse pastTheEnd(CachedFile file, CacheStatus status, Instant now) {
    View whole = View.ofWhole(file.version().representation());
    Headers.Builder headers = fields(file, whole, status, now);
    headers.set("Content-Range", ContentRange.unsatisfied(file.version().length()).toString());
    return new EdgeResponse(416, headers.build(), Body.EMPTY);
  }

  private static String typeOf(CachedFile file) {
    return file.version().fields().getOrDefault("Content-Type", DEFAULT_TYPE);
  }

  private Headers.Builder fields(CachedFile file, View view, CacheStatus status, Instant now) {
    Headers.Builder headers = Headers.builder();
    file.version().fields().forEach(headers::add);
    headers.set("Content-Type", typeOf(file)).add("Accept-Ranges", "bytes");
    Representation representation = view.representation();
    EntityTag etag = representation.etag();
    if (etag != null) {
      headers.add("ETag", etag.toString());
    }
    if (representation.lastModified() != null) {
      headers.add("Last-Modified", HttpDate.format(representation.lastModified()));
    }
    headers.add("Age", Long.toString(file.freshness().age(now).toSeconds()));
    headers.add(cacheStatusHeader, status.name());
    return headers.add("Cache-Status", cacheStatus(status, file.freshness().left(now).toSeconds()));
  }

  /** RFC 9211. */
  private static String cacheStatus(CacheStatus status, long ttlSeconds) {
    return switch (status) {
      case HIT, UPDATING, STALE -> "flvkit; hit; ttl=" + ttlSeconds;
      case MISS -> "flvkit; fwd=miss; stored";
      case EXPIRED -> "flvkit; fwd=stale; stored";
      case REVALIDATED -> "flvkit; fwd=stale; fwd-status=304";
      case BYPASS -> "flvkit; fwd=bypass";
    };
  }
}
