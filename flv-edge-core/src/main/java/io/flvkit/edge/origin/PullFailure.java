package io.flvkit.edge.origin;

/** Why a pull broke, in the words of metrics and logs. */
public enum PullFailure {
  /** No connection within the connect timeout. */
  CONNECT_TIMEOUT("connect-timeout", true),
  /** Refused, unreachable, unknown host. */
  CONNECT_FAILED("connect-failed", false),
  /** Connected, but no answer or no first tag in time. */
  FIRST_BYTE_TIMEOUT("first-byte-timeout", true),
  /** No complete tag for the stall timeout. */
  STALL("stall", true),
  /** The connection broke, or the content ended before its length. */
  RESET("reset", false),
  /** An answer of 5xx, or of a redirect that is not followed. */
  STATUS("status", false),
  /** What came is not FLV, or lost its framing. */
  BROKEN_STREAM("broken-stream", false);

  private final String label;
  private final boolean timeout;

  PullFailure(String label, boolean timeout) {
    this.label = label;
    this.timeout = timeout;
  }

  public String label() {
    return label;
  }

  /** Whether there was a connection to the origin at least. */
  public boolean isReachable() {
    return this != CONNECT_TIMEOUT && this != CONNECT_FAILED;
  }

  /** Whether a client that waits for it gets 504 rather than 502. */
  public boolean isTimeout() {
    return timeout;
  }
}
