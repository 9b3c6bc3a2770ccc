package io.flvkit.edge.http;

import java.net.InetAddress;

/**
 * One request as a client sent it, whatever the protocol.
 *
 * @param method the method
 * @param target path and query, not decoded
 * @param headers the header fields
 * @param peer the address of the connection's other end
 * @param protocol the connection's protocol
 * @param receivedNanos when the head was complete, on the loop's monotonic clock
 */
public record EdgeRequest(
    String method,
    String target,
    Headers headers,
    InetAddress peer,
    Protocol protocol,
    long receivedNanos) {}
