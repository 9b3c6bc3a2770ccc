package io.flvkit.edge.live;

import java.util.Locale;

/** Where a stream is in its life. */
public enum StreamState {
  /** No tag has come yet. */
  CONNECTING,
  /** An origin serves. */
  LIVE,
  /** No origin serves; viewers are kept for a while. */
  HOLDING,
  /** Over. */
  ENDED;

  /** The word in the API. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
