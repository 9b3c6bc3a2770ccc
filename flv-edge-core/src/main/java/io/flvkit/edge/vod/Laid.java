package io.flvkit.edge.vod;

import io.flvkit.edge.http.Headers;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.MultipartBody;
import io.flvkit.vod.RangePlan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Lays a plan out as the stretches that are sent and the fields that say so. */
final class Laid {
  private Laid() {}

  /** The ranges that a plan sends of what the client sees. */
  static List<ByteRange> ranges(RangePlan plan, boolean head) {
    return switch (plan.kind()) {
      case FULL -> {
        long length = ((RangePlan.Full) plan).length();
        yield head || length == 0 ? List.of() : List.of(ByteRange.ofWhole(length));
      }
      case SINGLE -> List.of(((RangePlan.Single) plan).range());
      case MULTIPART -> ((RangePlan.Multipart) plan).ranges();
      case NOT_MODIFIED, PRECONDITION_FAILED, UNSATISFIABLE -> List.of();
    };
  }

  /**
   * The content in order; empty if the answer has none, which then says its length by itself.
   *
   * @param headers gets what the plan has to say; its Content-Type is that of each part
   * @param boundaries a new boundary for each multipart answer
   */
  static List<Segment> out(
      RangePlan plan,
      View view,
      boolean head,
      String contentType,
      Supplier<String> boundaries,
      Headers.Builder headers) {
    if (plan.kind() == RangePlan.Kind.MULTIPART) {
      return parts((RangePlan.Multipart) plan, view, contentType, boundaries.get(), headers);
    }
    List<Segment> segments =
        ranges(plan, head).stream().flatMap(range -> view.segments(range).stream()).toList();
    switch (plan.kind()) {
      case FULL -> {
        if (segments.isEmpty()) {
          headers.set("Content-Length", Long.toString(((RangePlan.Full) plan).length()));
        }
      }
      case SINGLE ->
          headers.set("Content-Range", ((RangePlan.Single) plan).contentRange().toString());
      case UNSATISFIABLE ->
          headers.set("Content-Range", ((RangePlan.Unsatisfiable) plan).contentRange().toString());
      case MULTIPART, NOT_MODIFIED, PRECONDITION_FAILED -> {}
    }
    return segments;
  }

  private static List<Segment> parts(
      RangePlan.Multipart plan,
      View view,
      String contentType,
      String boundary,
      Headers.Builder headers) {
    MultipartBody framing = plan.body(contentType, boundary);
    List<Segment> segments = new ArrayList<>();
    for (int index = 0; index < plan.ranges().size(); index++) {
      segments.add(made(framing.partHead(index)));
      segments.addAll(view.segments(plan.ranges().get(index)));
    }
    segments.add(made(framing.end()));
    headers.set("Content-Type", framing.multipartType());
    return segments;
  }

  private static Segment made(byte[] bytes) {
    return new Segment.Made(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
  }
}
