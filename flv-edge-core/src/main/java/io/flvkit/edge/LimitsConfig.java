package io.flvkit.edge;

import java.time.Duration;

/**
 * The bounds of the whole edge. 0 means no limit where it is allowed.
 *
 * @param connections open connections of all listeners
 * @param connectionsPerIp open connections of one client address
 * @param viewers running live responses
 * @param viewersPerStream running live responses of one stream
 * @param memoryBytes media held in memory over all streams and their viewers
 * @param headerBytes a request head, 1 KiB to 1 MiB, never 0
 * @param headerTimeout the time from the first byte of a request head to its last, never 0
 */
public record LimitsConfig(
    int connections,
    int connectionsPerIp,
    int viewers,
    int viewersPerStream,
    long memoryBytes,
    int headerBytes,
    Duration headerTimeout) {
  /** 200,000 connections, heads of 32 KiB within 10 s, the rest without limit. */
  public static final LimitsConfig DEFAULT =
      new LimitsConfig(200_000, 0, 0, 0, 0, 32 << 10, Duration.ofSeconds(10));

  public LimitsConfig {
    new Checks()
        .notNegative("connections", connections)
        .notNegative("connectionsPerIp", connectionsPerIp)
        .notNegative("viewers", viewers)
        .notNegative("viewersPerStream", viewersPerStream)
        .notNegative("memory", memoryBytes)
        .within("headerBytes", headerBytes, 1 << 10, 1 << 20)
        .positive("headerTimeout", headerTimeout)
        .done();
  }
}
