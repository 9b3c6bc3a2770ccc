package io.flvkit.edge.vod;

import io.flvkit.edge.http.Body;
import io.flvkit.edge.http.EdgeResponse;
import io.flvkit.edge.http.Headers;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.EntityTag;
import io.flvkit.vod.HttpDate;
import io.flvkit.vod.MultipartBody;
import io.flvkit.vod.RangePlan;
import io.flvkit.vod.Representation;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.ArrayList;
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
    return switch (plan.kind()) {
      case FULL -> !head && ((RangePlan.Full) plan).length() > 0;
      case SINGLE, MULTIPART -> true;
      case NOT_MODIFIED, PRECONDITION_FAILED, UNSATISFIABLE -> false;
    };
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
    return switch (plan.kind()) {
      case FULL ->
          full((RangePlan.Full) plan, view, headers.add("Content-Type", contentType), file, onDone);
      case SINGLE -> {
        RangePlan.Single single = (RangePlan.Single) plan;
        headers
            .add("Content-Type", contentType)
            .add("Content-Range", single.contentRange().toString());
        yield response(206, headers, parts(single.range(), view, file, onDone));
      }
      case MULTIPART ->
          multipart((RangePlan.Multipart) plan, view, headers, contentType, file, onDone);
      case NOT_MODIFIED -> response(304, headers, Body.EMPTY);
      case PRECONDITION_FAILED -> response(412, headers, Body.EMPTY);
      case UNSATISFIABLE -> {
        headers.add("Content-Range", ((RangePlan.Unsatisfiable) plan).contentRange().toString());
        yield response(416, headers, Body.EMPTY);
      }
    };
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

  /** Without an open file the answer is to HEAD, or the file is empty: it says the length only. */
  private static EdgeResponse full(
      RangePlan.Full plan,
      View view,
      Headers.Builder headers,
      @Nullable FileChannel file,
      Runnable onDone) {
    if (file == null) {
      headers.add("Content-Length", Long.toString(plan.length()));
      return response(200, headers, Body.EMPTY);
    }
    ByteRange whole = ByteRange.ofWhole(plan.length());
    return response(200, headers, parts(whole, view, file, onDone));
  }

  private EdgeResponse multipart(
      RangePlan.Multipart plan,
      View view,
      Headers.Builder headers,
      String contentType,
      @Nullable FileChannel file,
      Runnable onDone) {
    MultipartBody body = plan.body(contentType, boundaries.get());
    List<Body.Part> parts = new ArrayList<>();
    for (int index = 0; index < plan.ranges().size(); index++) {
      parts.add(new Body.InMemory(body.partHead(index)));
      parts.addAll(pieces(plan.ranges().get(index), view, file));
    }
    parts.add(new Body.InMemory(body.end()));
    headers.add("Content-Type", body.multipartType());
    return response(206, headers, new Body.Parts(body.bytes(), parts, onDone));
  }

  private static List<Body.Part> pieces(ByteRange range, View view, @Nullable FileChannel file) {
    List<Body.Part> parts = new ArrayList<>();
    for (Segment segment : view.segments(range)) {
      if (segment instanceof Segment.Made made) {
        byte[] bytes = new byte[made.bytes().remaining()];
        made.bytes().duplicate().get(bytes);
        parts.add(new Body.InMemory(bytes));
      } else {
        parts.add(piece(file, ((Segment.OfFile) segment).range()));
      }
    }
    return parts;
  }

  private static Body.Part piece(@Nullable FileChannel file, ByteRange range) {
    if (file == null) {
      throw new IllegalStateException("a range without an open file");
    }
    return new Body.InFile(file, range.first(), range.length());
  }

  private static Body parts(
      ByteRange range, View view, @Nullable FileChannel file, Runnable onDone) {
    return new Body.Parts(range.length(), pieces(range, view, file), onDone);
  }

  private static EdgeResponse response(int status, Headers.Builder headers, Body body) {
    return new EdgeResponse(status, headers.build(), body);
  }
}
