package io.flvkit.examples;

import org.jspecify.annotations.Nullable;

/**
 * The work of a command cannot be done. The message is the one line that the user reads; it names
 * the file, address or key that is at fault. {@link #exitStatus()} is what the command ends with.
 */
public final class FlvKitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitStatus;

  private FlvKitException(String message, @Nullable Throwable cause, int exitStatus) {
    super(message, cause);
    this.exitStatus = exitStatus;
  }

  /** The work failed: exit status 1. */
  public static FlvKitException failed(String message, @Nullable Throwable cause) {
    return new FlvKitException(message, cause, 1);
  }

  /** The command line or the configuration is wrong: exit status 2. */
  public static FlvKitException wrongUsage(String message, @Nullable Throwable cause) {
    return new FlvKitException(message, cause, 2);
  }

  /** What the command exits with, 1 or 2. */
  public int exitStatus() {
    return exitStatus;
  }
}
