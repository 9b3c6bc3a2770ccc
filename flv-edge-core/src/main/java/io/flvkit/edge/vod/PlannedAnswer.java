package io.flvkit.edge.vod;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.vod.EntityTag;
import io.flvkit.vod.HttpDate;
import io.flvkit.vod.RangePlan;
import io.flvkit.vod.Representation;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Words a plan as a response.
 *
 * @param cacheStatusHeader name of the header that says how the cache took part
 * @param boundaries a new boundary for each multipart answer
 */
record PlannedAnswer(String cacheStatusHeader, Supplier<String> boundaries) {
  /** Whether {@code plan} sends bytes of the file. */
  static boolean needsFile(RangePlan plan, boolean head) {
    return !Laid.ranges(plan, head).isEmpty();
  }

  /**
   * The response.
   *
   * @param file open where {@link #needsFile}, else null
   * @param onDone closes the file; runs once when the response is over
   */
  EdgeResponse of(
      RangePlan plan, View view, String contentType, @Nullable FileChannel file, Runnable onDone) {
    Headers.Builder headers = validators(view.representation());
    if (plan.kind() == RangePlan.Kind.FULL || plan.kind() == RangePlan.Kind.SINGLE) {
      headers.add("Content-Type", contentType);
    }
    List<Segment> segments = Laid.out(plan, view, file == null, contentType, boundaries, headers);
    if (file == null) {
      return new EdgeResponse(plan.status(), headers.build(), Body.EMPTY);
    }
    long length = segments.stream().mapToLong(Segment::lengthBytes).sum();
    List<Body.Part> parts = segments.stream().map(segment -> part(segment, file)).toList();
    return new EdgeResponse(plan.status(), headers.build(), new Body.Parts(length, parts, onDone));
  }

  private static Body.Part part(Segment segment, FileChannel file) {
    if (segment instanceof Segment.OfFile part) {
      return new Body.InFile(file, part.range().first(), part.lengthBytes());
    }
    byte[] bytes = new byte[(int) segment.lengthBytes()];
    ((Segment.Made) segment).bytes().duplicate().get(bytes);
    return new Body.InMemory(bytes);
  }

  private Headers.Builder validators(Representation representation) {
    Headers.Builder headers =
        Headers.builder()
            .add("Accept-Ranges", "bytes")
            .add(cacheStatusHeader, CacheStatus.BYPASS.name());
    EntityTag etag = representation.etag();
    if (etag != null) {
      headers.add("ETag", etag.toString());
    }
    Instant lastModified = representation.lastModified();
    if (lastModified != null) {
      headers.add("Last-Modified", HttpDate.format(lastModified));
    }
    return headers;
  }
}
