package io.flvkit.edge.vod;

import io.flvkit.edge.http.Headers;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.ContentRange;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the head of an origin's answer. */
final class AnswerHead {
  private AnswerHead() {}

  /** The Content-Length, or -1 when there is none that can be read. */
  static long lengthBytes(Headers headers) {
    String text = headers.first("Content-Length");
    return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
  }

  /**
   * Whether an answer may go on. A 206 must have been asked for, and must say which bytes it holds
   * and mean as many as it announces: a client would put wrong ones in its file.
   *
   * @param ranged whether a range was asked for
   * @param length Content-Length, or -1
   */
  static boolean isSound(boolean ranged, int status, Headers headers, long length) {
    if (status != 206) {
      return true;
    }
    if (!ranged) {
      return false;
    }
    if (isMultipart(headers.first("Content-Type"))) {
      return true;
    }
    String field = headers.first("Content-Range");
    Optional<ContentRange> parsed = field == null ? Optional.empty() : ContentRange.parse(field);
    ByteRange range = parsed.map(ContentRange::range).orElse(null);
    return range != null && (length < 0 || length == range.length());
  }

  static boolean isMultipart(@Nullable String contentType) {
    return contentType != null
        && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/byteranges");
  }
}
