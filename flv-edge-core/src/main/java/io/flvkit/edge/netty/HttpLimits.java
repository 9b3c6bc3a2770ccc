package io.flvkit.edge.netty;

import io.flvkit.edge.EdgeConfig;
import java.time.Duration;

/**
 * What a client may take of a connection.
 *
 * @param headerBytes size of all header fields of a request
 * @param headerTimeout time for a whole request head, from its first byte or from the connection
 * @param idleTimeout how long a kept connection may wait for its next request
 * @param writeTimeout how long a client may take nothing of a response that is not live
 * @param unsentBytes what the kernel may hold of a connection that it has not sent yet, where the
 *     system can tell it from what is on its way; else the whole send buffer
 */
public record HttpLimits(
    int headerBytes,
    Duration headerTimeout,
    Duration idleTimeout,
    Duration writeTimeout,
    int unsentBytes) {

  /** Longest request line, bytes. */
  static final int REQUEST_LINE_BYTES = 8 * 1024;

  /** Most bytes of a request's body that are read and thrown away before the connection closes. */
  static final int BODY_BYTES = 64 * 1024;

  /** Most streams of an HTTP/2 connection at a time. */
  static final int STREAMS = 100;

  /** Time for a TLS handshake, from the connection on. */
  static final long HANDSHAKE_MILLIS = 5_000;

  /** How long the farewell of a TLS connection may take to leave. */
  static final long CLOSE_NOTIFY_MILLIS = 500;

  /** Most heads and pieces of bodies that wait on a connection while a request is answered. */
  static final int PIPELINED_PARTS = 64;

  private static final Duration IDLE = Duration.ofSeconds(75);
  private static final Duration WRITE = Duration.ofSeconds(60);

  /**
   * Bounds what a stopped viewer holds in the kernel, where its lag is not seen; holds a merged
   * write of a few Mbit/s. What is on its way does not count, so a long path is not throttled.
   */
  private static final int UNSENT_BYTES = 128 * 1024;

  /** The limits of a configuration. */
  public static HttpLimits of(EdgeConfig config) {
    return new HttpLimits(
        config.limits().headerBytes(), config.limits().headerTimeout(), IDLE, WRITE, UNSENT_BYTES);
  }
}
