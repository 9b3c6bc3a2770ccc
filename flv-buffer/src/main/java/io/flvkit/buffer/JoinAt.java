package io.flvkit.buffer;

/** Where a cursor starts. */
public enum JoinAt {
  /** At the newest join point; at the head while the window holds none. */
  NEWEST_JOIN_POINT,
  /** At the oldest join point that the window holds; at the head while it holds none. */
  OLDEST_JOIN_POINT,
  /** At the head: only records published from now on. */
  HEAD
}
