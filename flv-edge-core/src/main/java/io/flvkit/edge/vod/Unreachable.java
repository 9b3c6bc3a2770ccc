package io.flvkit.edge.vod;

import io.flvkit.edge.http.EdgeResponse;

/** The edge's own words when no origin has any. */
final class Unreachable {
  private Unreachable() {}

  /**
   * 504 or 502.
   *
   * @param late whether the last origin was waited for in vain
   */
  static EdgeResponse answer(boolean late) {
    return late
        ? EdgeResponse.text(504, "the origin did not answer in time")
        : EdgeResponse.text(502, "the origin cannot be reached");
  }
}
