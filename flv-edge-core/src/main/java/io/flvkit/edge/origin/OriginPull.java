package io.flvkit.edge.origin;

/** One running request to an origin. */
@FunctionalInterface
public interface OriginPull {
  /** Closes the connection; its listener hears nothing any more. Called on the pull's loop. */
  void cancel();
}
