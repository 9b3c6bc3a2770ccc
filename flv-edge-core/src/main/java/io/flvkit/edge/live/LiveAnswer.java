package io.flvkit.edge.live;

import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.origin.OriginAnswer;

/** What becomes of a request for a live stream. */
public sealed interface LiveAnswer {
  /**
   * The stream runs.
   *
   * @param body delivers it; must be attached or abandoned
   * @param waited whether this request waited for the origin's answer
   */
  record Watching(LiveBody body, boolean waited) implements LiveAnswer {}

  /** The origin answered with something else than a stream: the client gets the same. */
  record Refused(OriginAnswer answer) implements LiveAnswer {}

  /**
   * No origin answered.
   *
   * @param isTimeout whether the last one took too long, rather than failed
   * @param why one line for the log
   */
  record Failed(boolean isTimeout, String why) implements LiveAnswer {}

  /** The stream has as many viewers as it may have. */
  record Overloaded() implements LiveAnswer {}
}
