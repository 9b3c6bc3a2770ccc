package io.flvkit.edge.live;

import io.flvkit.edge.http.LiveBody;
import io.flvkit.edge.origin.OriginAnswer;
import org.jspecify.annotations.Nullable;

/** What becomes of a request for a live stream. */
public sealed interface LiveAnswer {
  /**
   * The stream runs.
   *
   * @param body delivers it; must be attached or abandoned
   * @param waited whether this request waited for the origin's answer
   * @param origin URL of the origin that serves
   */
  record Watching(LiveBody body, boolean waited, @Nullable String origin) implements LiveAnswer {}

  /** The origin answered with something else than a stream: the client gets the same. */
  record Refused(OriginAnswer answer) implements LiveAnswer {}

  /**
   * No origin answered.
   *
   * @param isTimeout whether the last one took too long, rather than failed
   * @param why one line for the log
   */
  record Failed(boolean isTimeout, String why) implements LiveAnswer {}

  /**
   * There are as many viewers as there may be.
   *
   * @param limit the limit's key in the configuration
   */
  record Overloaded(String limit) implements LiveAnswer {}
}
