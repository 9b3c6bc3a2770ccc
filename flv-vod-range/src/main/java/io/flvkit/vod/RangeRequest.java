package io.flvkit.vod;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a GET or HEAD request says about ranges and conditions. Each field is its value, several
 * lines of one field joined by a comma, or null when absent.
 *
 * @param head whether the method is HEAD, which has conditions but no ranges (RFC 9110, 14.2)
 */
public record RangeRequest(
    boolean head,
    @Nullable String ifMatch,
    @Nullable String ifUnmodifiedSince,
    @Nullable String ifNoneMatch,
    @Nullable String ifModifiedSince,
    @Nullable String ifRange,
    @Nullable String range) {

  /**
   * Picks the six fields from a message.
   *
   * @param method GET or HEAD; conditions mean something else for other methods
   * @param header looks a field up by its name
   */
  public static RangeRequest of(String method, Function<String, @Nullable String> header) {
    boolean head = method.equals("HEAD");
    if (!head && !method.equals("GET")) {
      throw new IllegalArgumentException("neither GET nor HEAD: " + method);
    }
    return new RangeRequest(
        head,
        header.apply("If-Match"),
        header.apply("If-Unmodified-Since"),
        header.apply("If-None-Match"),
        header.apply("If-Modified-Since"),
        header.apply("If-Range"),
        header.apply("Range"));
  }

  /** A GET with a Range field and nothing else. */
  public static RangeRequest get(@Nullable String range) {
    return new RangeRequest(false, null, null, null, null, null, range);
  }
}
