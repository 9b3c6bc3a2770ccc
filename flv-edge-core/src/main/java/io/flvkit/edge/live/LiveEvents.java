package io.flvkit.edge.live;

import org.jspecify.annotations.Nullable;

/**
 * What happens to streams, for metrics and logs. Called on the streams' home loops; must not block.
 */
public interface LiveEvents {
  /** Nobody listens. */
  LiveEvents NONE = new LiveEvents() {};

  /** A stream has begun: its first tag came. The figures may be read by any thread. */
  default void started(String stream, StreamFigures figures) {}

  /** A stream that had begun is over. */
  default void ended(String stream) {}

  /** Bytes of tag bodies came from the origin. */
  default void ingested(String stream, long bytes) {}

  /** An origin serves: its first tag came. */
  default void originServes(String origin) {}

  /**
   * An origin was asked in vain, or failed while it served.
   *
   * @param reason of {@link io.flvkit.edge.origin.PullFailure} or {@code status-503}
   * @param detail one line for people
   */
  default void originFailed(String stream, String origin, String reason, String detail) {}

  /**
   * A stream is served by another origin than before.
   *
   * @param reason why the one before was left, {@code ended} or a label of {@link
   *     io.flvkit.edge.origin.PullFailure}; null: this is the first
   */
  default void originSwitched(String stream, String origin, @Nullable String reason) {}

  /** Bytes of the origin were no tags; the stream goes on at the next keyframe. */
  default void framingLost(String stream, @Nullable String origin, String detail) {}

  /** A timestamp had to be changed: {@code back-step} or {@code discontinuity}. */
  default void timestampFault(String stream, String kind) {}
}
