package io.flvkit.edge.live;

import io.flvkit.edge.http.EndReason;

/**
 * How a stream ends for its viewers.
 *
 * @param reason for logs and metrics
 * @param isClean whether the stream is complete: a clean end says so, a reset makes players
 *     reconnect
 */
record StreamEnd(EndReason reason, boolean isClean) {
  static final StreamEnd ENDED = new StreamEnd(EndReason.STREAM_ENDED, true);
  static final StreamEnd LOST = new StreamEnd(EndReason.ORIGIN_LOST, false);

  /** Its time has become too large for players: whoever reconnects gets it from a smaller one. */
  static final StreamEnd REBASED = new StreamEnd(EndReason.REBASED, false);

  static final StreamEnd TAKEN_DOWN = new StreamEnd(EndReason.TAKEN_DOWN, true);

  /** There is not enough memory for it. */
  static final StreamEnd SHED = new StreamEnd(EndReason.MEMORY, false);

  static final StreamEnd DRAINED = new StreamEnd(EndReason.DRAIN, false);
}
