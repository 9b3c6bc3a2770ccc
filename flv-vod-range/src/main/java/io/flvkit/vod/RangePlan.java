package io.flvkit.vod;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a GET or HEAD request is to be answered: which status, which bytes. */
public sealed interface RangePlan {

  /** The plans by name, for a complete {@code switch}. */
  enum Kind {
    FULL(200),
    SINGLE(206),
    MULTIPART(206),
    NOT_MODIFIED(304),
    PRECONDITION_FAILED(412),
    UNSATISFIABLE(416);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    /** The HTTP status code. */
    public int status() {
      return status;
    }
  }

  /**
   * Plans the answer: preconditions in the order of RFC 9110, 13.2.2, then the ranges. A Range
   * field is ignored for HEAD, when malformed, and when If-Range does not hold.
   *
   * @param now the time of the answer, its Date
   */
  static RangePlan of(RangeRequest request, Representation representation, Instant now) {
    Preconditions preconditions = new Preconditions(request, representation, now);
    RangePlan decided = preconditions.decide();
    if (decided != null) {
      return decided;
    }
    String range = request.range();
    return range == null || request.head() || !preconditions.allowRange()
        ? new Full(representation.length())
        : ofRange(range, representation.length());
  }

  private static RangePlan ofRange(String fieldValue, long length) {
    @Nullable RangeSet asked = RangeSet.parse(fieldValue).orElse(null);
    // The tail of an empty file is satisfiable, but no Content-Range can express it (14.1.2).
    if (asked == null || (length == 0 && asked.asksForTail())) {
      return new Full(length);
    }
    List<ByteRange> ranges = asked.resolve(length);
    if (ranges.isEmpty() || !MultipartBody.fits(ranges)) {
      return new Unsatisfiable(length);
    }
    return ranges.size() == 1 ? new Single(ranges.get(0), length) : new Multipart(ranges, length);
  }

  /** Which of the plans this is. */
  Kind kind();

  /** The HTTP status code. */
  default int status() {
    return kind().status();
  }

  /**
   * 200: the whole file.
   *
   * @param length bytes of the file and of the body
   */
  record Full(long length) implements RangePlan {
    @Override
    public Kind kind() {
      return Kind.FULL;
    }
  }

  /**
   * 206: one range; the body has {@code range.length()} bytes.
   *
   * @param length bytes of the file
   */
  record Single(ByteRange range, long length) implements RangePlan {
    /** The header field that the answer must carry. */
    public ContentRange contentRange() {
      return ContentRange.of(range, length);
    }

    @Override
    public Kind kind() {
      return Kind.SINGLE;
    }
  }

  /**
   * 206: two ranges or more, framed by {@link #body}.
   *
   * @param ranges in the order to send, none touching another
   * @param length bytes of the file
   */
  record Multipart(List<ByteRange> ranges, long length) implements RangePlan {
    public Multipart {
      ranges = List.copyOf(ranges);
    }

    /**
     * The framing of the body.
     *
     * @param contentType of the file, as each part says
     * @param boundary see {@link MultipartBody}
     */
    public MultipartBody body(String contentType, String boundary) {
      return new MultipartBody(ranges, length, contentType, boundary);
    }

    @Override
    public Kind kind() {
      return Kind.MULTIPART;
    }
  }

  /** 304: the client's copy is good; no body. */
  record NotModified() implements RangePlan {
    @Override
    public Kind kind() {
      return Kind.NOT_MODIFIED;
    }
  }

  /** 412: the file is not what the client believes. */
  record PreconditionFailed() implements RangePlan {
    @Override
    public Kind kind() {
      return Kind.PRECONDITION_FAILED;
    }
  }

  /**
   * 416: no byte that is asked for exists, or the ranges are too many.
   *
   * @param length bytes of the file
   */
  record Unsatisfiable(long length) implements RangePlan {
    /** The header field that the answer should carry. */
    public ContentRange contentRange() {
      return ContentRange.unsatisfied(length);
    }

    @Override
    public Kind kind() {
      return Kind.UNSATISFIABLE;
    }
  }
}
