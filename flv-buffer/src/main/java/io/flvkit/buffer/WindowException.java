package io.flvkit.buffer;

/** A window was used in a way that its contract forbids. Says where in the log. */
public final class WindowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long position;

  WindowException(String message, long position) {
    super(message + " (at position " + position + ")");
    this.position = position;
  }

  /** The position in the log, in bytes. */
  public long position() {
    return position;
  }
}
