package io.flvkit.edge.vod;

import java.time.Duration;

/**
 * How long an origin of files may take.
 *
 * @param connect for the TCP connection
 * @param firstByte from the start of the request to the head of the answer, and again for the body
 *     of a refusal
 * @param stall without a byte while the client would take one
 */
record OriginDeadlines(Duration connect, Duration firstByte, Duration stall) {
  static final OriginDeadlines DEFAULT =
      new OriginDeadlines(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));
}
