package io.flvkit.vod;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The framing of a {@code multipart/byteranges} body (RFC 9110, 14.6): for each range its {@link
 * #partHead}, then the bytes of the range; after the last one {@link #end}.
 *
 * @param ranges in the order to send
 * @param length bytes of the whole file
 * @param contentType of the file: visible ASCII and spaces, at most {@value #MAX_TYPE_CHARS}
 * @param boundary 1 to 70 letters and digits, never to be found in the file: make it from at least
 *     128 random bits
 */
public record MultipartBody(
    List<ByteRange> ranges, long length, String contentType, String boundary) {
  /** Longest content type. */
  public static final int MAX_TYPE_CHARS = 255;

  /** More than heads, boundaries and end of {@link RangeSet#MAX_RANGES} parts can take. */
  private static final long MAX_FRAMING_BYTES = 16 * 1024;

  public MultipartBody {
    ranges = List.copyOf(ranges);
    if (!boundary.matches("[0-9A-Za-z]{1,70}")) {
      throw new IllegalArgumentException("not a boundary: " + boundary);
    }
    if (!contentType.matches("[ -~]{1," + MAX_TYPE_CHARS + "}")) {
      throw new IllegalArgumentException("not a content type");
    }
    if (ranges.isEmpty() || ranges.size() > RangeSet.MAX_RANGES || !fits(ranges)) {
      throw new IllegalArgumentException("not the ranges of one answer");
    }
  }

  /** Whether a body of these ranges has a length below 2^63, so that it can be announced. */
  static boolean fits(List<ByteRange> ranges) {
    long left = Long.MAX_VALUE - MAX_FRAMING_BYTES;
    for (ByteRange range : ranges) {
      if (ranges.size() > 1 && range.length() > left) {
        return false;
      }
      left -= range.length();
    }
    return true;
  }

  /** The Content-Type of the answer. */
  public String multipartType() {
    return "multipart/byteranges; boundary=" + boundary;
  }

  /** The exact size of the body: the Content-Length of the answer. */
  public long bytes() {
    long bytes = end().length;
    for (int index = 0; index < ranges.size(); index++) {
      bytes += partHead(index).length + ranges.get(index).length();
    }
    return bytes;
  }

  /** What goes before the bytes of the range at {@code index}; a new array. */
  public byte[] partHead(int index) {
    String head =
        (index == 0 ? "--" : "\r\n--")
            + boundary
            + "\r\nContent-Type: "
            + contentType
            + "\r\nContent-Range: "
            + ContentRange.of(ranges.get(index), length)
            + "\r\n\r\n";
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  /** What goes after the bytes of the last range; a new array. */
  public byte[] end() {
    return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
