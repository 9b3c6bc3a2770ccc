package io.flvkit.edge.vod;

import io.flvkit.edge.http.Headers;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.ContentRange;
import io.flvkit.vod.EntityTag;
import io.flvkit.vod.HttpDate;
import io.flvkit.vod.Representation;
import io.flvkit.vod.cache.FileVersion;
import io.flvkit.vod.cache.SliceCache;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the head of an origin's answer says of a file. */
final class OriginFile {
  /** The fields that every answer from the cache repeats. */
  private static final List<String> KEPT =
      List.of(
          "Content-Type",
          "Content-Encoding",
          "Content-Language",
          "Content-Disposition",
          "Cache-Control",
          "Expires",
          "Vary");

  private OriginFile() {}

  /**
   * The version that an answer of 200 or 206 is of; null when it has no length, or none that can be
   * kept.
   *
   * @param ranged whether its bytes may stand beside those of other answers, if only they are of
   *     the same version
   */
  static @Nullable FileVersion version(String key, Headers headers, long length, boolean ranged) {
    if (length < 1) {
      return null;
    }
    EntityTag etag =
        Optional.ofNullable(headers.first("ETag")).flatMap(EntityTag::parse).orElse(null);
    Instant modified = date(headers, "Last-Modified");
    FileVersion version =
        new FileVersion(key, new Representation(length, etag, modified), !ranged, kept(headers));
    return SliceCache.canKeep(version) ? version : null;
  }

  /**
   * Whether two answers with the same validators are of the same bytes: a strong tag, or a time of
   * modification at least a second before the answer (RFC 9110, 8.8.2.2).
   */
  static boolean isStrong(Headers headers) {
    EntityTag etag =
        Optional.ofNullable(headers.first("ETag")).flatMap(EntityTag::parse).orElse(null);
    if (etag != null && !etag.weak()) {
      return true;
    }
    Instant modified = date(headers, "Last-Modified");
    Instant sent = date(headers, "Date");
    return modified != null && sent != null && !sent.isBefore(modified.plusSeconds(1));
  }

  /**
   * What a 206 holds.
   *
   * @param range of the file
   * @param lengthBytes of the whole file
   */
  record Part(ByteRange range, long lengthBytes) {}

  /** The part that a 206 says it holds; null if it does not say all, or contradicts itself. */
  static @Nullable Part part(Headers headers) {
    String field = headers.first("Content-Range");
    if (field == null || AnswerHead.isMultipart(headers.first("Content-Type"))) {
      return null;
    }
    ContentRange parsed = ContentRange.parse(field).orElse(null);
    ByteRange range = parsed == null ? null : parsed.range();
    if (parsed == null || range == null || parsed.completeLength().isEmpty()) {
      return null;
    }
    long length = AnswerHead.lengthBytes(headers);
    return length < 0 || length == range.length()
        ? new Part(range, parsed.completeLength().getAsLong())
        : null;
  }

  private static Map<String, String> kept(Headers headers) {
    Map<String, String> fields = new LinkedHashMap<>();
    OriginHeaders.toClient(headers)
        .build()
        .forEach(
            (name, value) -> {
              if (KEPT.contains(name)) {
                fields.put(name, value);
              }
            });
    return fields;
  }

  private static @Nullable Instant date(Headers headers, String name) {
    String text = headers.first(name);
    return text == null ? null : HttpDate.parse(text, Instant.now()).orElse(null);
  }
}
