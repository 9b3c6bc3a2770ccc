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
    TRUNCATED,
    /** A further file header: the origin began anew. */
    RESTART,
    /** Script data that is not AMF0. */
    SCRIPT_DATA,
    /** A tag type that no player knows. */
    UNKNOWN_TYPE,
    /** An audio or video header that is cut short or of a reserved type. */
    MEDIA_HEADER,
    /** The header flags announce other tracks than there are. */
    FLAGS,
    /** Media that cannot be decoded without the sequence header that has not come. */
    MISSING_CONFIGURATION,
    /** The first picture is not a key frame. */
    FIRST_FRAME,
    /** The codec of a track changes. */
    CODEC_CHANGE,
    /** The keyframe index names places where no key frame is. */
    INDEX,
    /** A timestamp smaller than the one before it in the same track. */
    TIMESTAMP_BACK,
    /** A timestamp far ahead of the one before it in the same track. */
    TIMESTAMP_JUMP,
    /** Timestamps begin again at 0 after 2^24, 2^31 or 2^32, or exceed what players read. */
    TIMESTAMP_WRAP,
    /** All timestamps of a track are the same. */
    TIMESTAMP_FROZEN,
    /** A composition time beyond reason, or a presentation time below 0. */
    COMPOSITION_TIME,
    /** Audio and video begin far apart. */
    TRACK_OFFSET
  }

  static FlvProblem warning(Kind kind, long position, String message) {
    return new FlvProblem(Severity.WARNING, kind, position, message);
  }

  static FlvProblem error(Kind kind, long position, String message) {
    return new FlvProblem(Severity.ERROR, kind, position, message);
  }
}
