package io.flvkit.codec;

/**
 * Something wrong in a stream that can still be read.
 *
 * @param severity whether players are likely to suffer
 * @param kind what is wrong
 * @param position 0-based byte position in the input: of the tag concerned, or of the bytes skipped
 * @param message one line for a human
 */
public record FlvProblem(Severity severity, Kind kind, long position, String message) {
  /** How bad it is. */
  public enum Severity {
    /** Data is lost or players are likely to fail. */
    ERROR,
    /** Against the specification, and commonly tolerated. */
    WARNING
  }

  /** What is wrong. */
  public enum Kind {
    /** The file header is missing, broken, or sets a version or bits that it should not. */
    HEADER,
    /** A PreviousTagSize differs from the size of the tag before it. */
    PREVIOUS_TAG_SIZE,
    /** A tag sets the reserved bits of its type byte or a StreamID. */
    TAG_HEADER,
    /** Bytes that are no tag were skipped. */
    GARBAGE,
    /** The input ends inside a header or a tag. */
    TRUNCATED
  }

  static FlvProblem warning(Kind kind, long position, String message) {
    return new FlvProblem(Severity.WARNING, kind, position, message);
  }

  static FlvProblem error(Kind kind, long position, String message) {
    return new FlvProblem(Severity.ERROR, kind, position, message);
  }
}
