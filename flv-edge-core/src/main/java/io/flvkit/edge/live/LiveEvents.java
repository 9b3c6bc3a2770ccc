package io.flvkit.edge.live;

import io.flvkit.edge.origin.PullFailure;
import org.jspecify.annotations.Nullable;

/** What happens to streams, for metrics and logs. Called on the loops of streams and viewers. */
public interface LiveEvents {
  /** Somebody will watch. */
  default void viewerAdmitted(String stream, LiveRequest request) {}

  /** A viewer's first bytes are on the way. */
  default void viewerJoined(String stream, LiveRequest request) {}

  /** A viewer went on at a newer keyframe. */
  default void viewerJumped(String stream, LiveRequest request) {}

  /** Bytes of a tag's body came from the origin. */
  default void ingested(String stream, int bytes) {}

  /** The pull of an origin delivers: its first tag came. */
  default void originServes(String stream, String origin) {}

  /** An origin was asked in vain, or failed while it served. */
  default void originFailed(String stream, String origin, String reason) {}

  /** A stream moved to another origin; null: it is the first one. */
  default void originSwitched(String stream, @Nullable PullFailure reason) {}
}
