package io.flvkit.buffer;

/** What a reader finds at its position. */
public enum ReadStatus {
  /** Nothing yet: the reader has everything published so far. */
  EMPTY,
  /** There are bytes to read. */
  READY,
  /** The position has left the window: go on at a join point. */
  LAPPED,
  /** The writer has closed the window, and the reader has had its last byte. */
  CLOSED
}
