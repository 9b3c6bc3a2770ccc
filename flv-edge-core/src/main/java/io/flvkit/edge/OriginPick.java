package io.flvkit.edge;

/** How a mount chooses among its origins. */
public enum OriginPick {
  /** The first one, and the next ones when it fails. */
  IN_ORDER,
  /**
   * Each stream has one of them, by its path: the same on every edge with the same list. When it
   * fails, the ones after it follow. One more at the end of the list moves as few streams as can
   * be.
   */
  CONSISTENT_HASH
}
