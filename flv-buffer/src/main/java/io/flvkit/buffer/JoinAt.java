package io.flvkit.buffer;

/** Where a new cursor starts. */
public enum JoinAt {
  /** At the newest join point. */
  NEWEST_JOIN_POINT,
  /** At the head: only records published from now on. */
  HEAD
}
