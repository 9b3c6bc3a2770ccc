package io.flvkit.edge.log;

/** Where entries go. Never blocks the caller and never throws. Thread-safe. */
public interface AccessLog extends AutoCloseable {
  /** Keeps nothing. */
  AccessLog NONE = entry -> {};

  /** Takes an entry, or drops and counts it. */
  void add(AccessEntry entry);

  /** Opens the file anew, after somebody has moved it away. Does not wait. */
  default void reopen() {}

  /** Writes what was taken, within two seconds, and ends. */
  @Override
  default void close() {}
}
