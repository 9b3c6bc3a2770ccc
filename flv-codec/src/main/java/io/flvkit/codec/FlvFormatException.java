package io.flvkit.codec;

/** Thrown at input that is not FLV, or not the part of FLV that a reader was asked for. */
public final class FlvFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long position;
  private final String reason;

  /** Makes an exception for the byte at {@code position}, 0-based in the input of the reader. */
  public FlvFormatException(long position, String message) {
    super(message + " (byte " + position + ")");
    this.position = position;
    this.reason = message;
  }

  /** What is wrong, without the position. */
  public String reason() {
    return reason;
  }

  /** Where: the 0-based byte position in the input of the reader that threw. */
  public long position() {
    return position;
  }
}
