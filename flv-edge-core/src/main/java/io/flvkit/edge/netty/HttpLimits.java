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
 * @param sendBufferBytes kernel send buffer of a connection
 */
public record HttpLimits(
    int headerBytes,
    Duration headerTimeout,
    Duration idleTimeout,
    Duration writeTimeout,
    int sendBufferBytes) {

  /** Longest request line, bytes. */
  static final int REQUEST_LINE_BYTES = 8 * 1024;

  /** Most bytes of a request's body that are read and thrown away before the connection closes. */
  static final int BODY_BYTES = 64 * 1024;

  /** Most heads and pieces of bodies that wait on a connection while a request is answered. */
  static final int PIPELINED_PARTS = 64;

  private static final Duration IDLE = Duration.ofSeconds(75);
  private static final Duration WRITE = Duration.ofSeconds(60);

  /** Bounds what a stopped viewer holds in the kernel; enough for 20 Mbit/s at 100 ms. */
  private static final int SEND_BUFFER_BYTES = 256 * 1024;

  /** The limits of a configuration. */
  public static HttpLimits of(EdgeConfig config) {
    return new HttpLimits(
        config.limits().headerBytes(),
        config.limits().headerTimeout(),
        IDLE,
        WRITE,
        SEND_BUFFER_BYTES);
  }
}
