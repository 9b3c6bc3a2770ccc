package io.flvkit.edge.origin;

import io.flvkit.edge.loop.Loop;

/** Opens pulls. */
@FunctionalInterface
public interface OriginConnector {
  /**
   * Begins a GET and returns at once. Every call of the listener comes on {@code loop}, none before
   * this method has returned.
   */
  OriginPull open(Loop loop, OriginRequest request, PullListener listener);
}
