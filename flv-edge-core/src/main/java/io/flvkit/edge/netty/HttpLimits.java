package io.flvkit.edge.netty;

import java.time.Duration;

/**
 * What a client may take of a connection.
 *
 * @param headerBytes size of all header fields of a request
 * @param headerTimeout time for a whole request head, from its first byte or from the connection
 * @param idleTimeout how long a kept connection may wait for its next request
 * @param writeTimeout how long a client may take nothing of a response that is not live
 * @param sendBufferBytes kernel send buffer of a connection
 * @param connections open connections, 0 for no limit
 * @param connectionsPerIp open connections of one address, 0 for no limit
 */
public record HttpLimits(
    int headerBytes,
    Duration headerTimeout,
    Duration idleTimeout,
    Duration writeTimeout,
    int sendBufferBytes,
    int connections,
    int connectionsPerIp) {

  /** Longest request line, bytes. */
  static final int REQUEST_LINE_BYTES = 8 * 1024;

  /** Most bytes of a request's body that are read and thrown away before the connection closes. */
  static final int BODY_BYTES = 64 * 1024;

  /** Most requests that wait on a connection while one is answered. */
  static final int PIPELINED_REQUESTS = 32;

  /** The defaults of the configuration. */
  public static HttpLimits defaults() {
    return new HttpLimits(
        32 * 1024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(75),
        Duration.ofSeconds(60),
        256 * 1024,
        200_000,
        0);
  }
}
