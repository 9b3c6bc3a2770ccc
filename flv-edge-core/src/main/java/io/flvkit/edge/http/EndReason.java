package io.flvkit.edge.http;

/** Why a response ended, in the words of logs and metrics. */
public enum EndReason {
  /** All of it was sent. */
  COMPLETE("complete"),
  /** The client closed or reset before the end. */
  CLIENT_GONE("client-gone"),
  /** A live stream ended at its origin. */
  STREAM_ENDED("stream-ended"),
  /** A live stream was lost, or a file broke off at its origin. */
  ORIGIN_LOST("origin-lost"),
  /** A live stream's time became too large for players: it begins anew. */
  REBASED("rebased"),
  /** The client took nothing for too long. */
  STALLED("stalled"),
  /** It ran as long as an access rule allows. */
  SESSION_OVER("session-over"),
  /** Somebody took the stream down. */
  TAKEN_DOWN("taken-down"),
  /** The edge is shutting down. */
  DRAIN("drain"),
  /** The edge holds more in memory than it may, and this one held most, or was furthest behind. */
  MEMORY("memory"),
  /** A fault of the edge itself. */
  INTERNAL("internal");

  private final String label;

  EndReason(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
