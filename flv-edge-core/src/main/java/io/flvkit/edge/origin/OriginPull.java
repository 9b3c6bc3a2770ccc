package io.flvkit.edge.origin;

/** One running request to an origin. */
@FunctionalInterface
public interface OriginPull {
  /** Closes the connection; its listener hears nothing any more. Called on the pull's loop. */
  void cancel();

  /**
   * Goes on reading from the origin, or stops, so that the origin has to wait: for listeners that
   * pass the bytes on to somebody slow. What was already read may still come. A pull begins
   * reading. Called on the pull's loop; a pull without a socket may ignore it.
   */
  default void read(boolean wanted) {}
}
