package io.flvkit.edge.http;

/** A body without end, read by position from a window that all viewers share. */
public non-sealed interface LiveBody extends Body {
  /**
   * Begins delivery. Called once, on the thread of the outlet, when the response head was written.
   * From now on the feed writes to the outlet until one of both closes.
   */
  LiveFeed attach(LiveOutlet outlet);

  /** The client left before delivery began. */
  void abandon();
}
