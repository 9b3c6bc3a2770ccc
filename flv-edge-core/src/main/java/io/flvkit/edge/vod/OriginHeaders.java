package io.flvkit.edge.vod;

import io.flvkit.edge.http.Headers;
import io.flvkit.edge.http.RoutedRequest;
import io.flvkit.edge.origin.CdnLoop;
import io.flvkit.vod.RangeSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which header fields pass between a client and an origin: those named here, nothing else. */
final class OriginHeaders {
  private static final List<String> CONDITIONS =
      List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range");

  private static final List<String> ANSWER =
      List.of(
          "Content-Type",
          "Content-Range",
          "Content-Encoding",
          "Content-Language",
          "Content-Disposition",
          "Accept-Ranges",
          "ETag",
          "Last-Modified",
          "Cache-Control",
          "Expires",
          "Date",
          "Age",
          "Vary",
          "Retry-After");

  /** Past the end of every file: lets an origin check conditions and word the 416 itself. */
  private static final String NO_RANGE = "bytes=" + (Long.MAX_VALUE - 1) + "-";

  private OriginHeaders() {}

  /**
   * What every request says: no coding of the content, the id of the client's request, and the
   * edges that it came by.
   */
  static Headers.Builder ours(RoutedRequest request) {
    Headers.Builder headers =
        Headers.builder().add("Accept-Encoding", "identity").add("X-Request-Id", request.id());
    addJoined(headers, CdnLoop.FIELD, request.headers());
    return headers;
  }

  /** What the origin is told when a request passes: the client's conditions and range. */
  static Headers toOrigin(RoutedRequest request) {
    Headers.Builder headers = ours(request);
    for (String name : CONDITIONS) {
      addJoined(headers, name, request.headers());
    }
    String range = request.isHead() ? null : range(request.headers());
    if (range != null) {
      headers.add("Range", range);
    }
    return headers.build();
  }

  /** What the client is told of the origin's answer. */
  static Headers.Builder toClient(Headers answer) {
    Headers.Builder headers = Headers.builder();
    ANSWER.forEach(name -> addJoined(headers, name, answer));
    return headers;
  }

  /**
   * A range that is none is ignored here as everywhere, and none is asked for twice; one that no
   * answer may hold (too many ranges, numbers beyond 2^63-1) goes on as one that no file satisfies,
   * since the conditions come first and only the origin can judge them.
   */
  private static @Nullable String range(Headers headers) {
    String asked = joined("Range", headers);
    return asked == null
        ? null
        : RangeSet.parse(asked).map(set -> set.normalized().orElse(NO_RANGE)).orElse(null);
  }

  private static void addJoined(Headers.Builder target, String name, Headers source) {
    String value = joined(name, source);
    if (value != null && value.chars().noneMatch(OriginHeaders::isControl)) {
      target.add(name, value);
    }
  }

  /** The value of a field, several lines of it joined by a comma; null without it. */
  static @Nullable String joined(String name, Headers source) {
    List<String> values = source.all(name);
    return values.isEmpty() ? null : String.join(", ", values);
  }

  private static boolean isControl(int c) {
    return (c < ' ' && c != '\t') || c == 0x7f;
  }
}
