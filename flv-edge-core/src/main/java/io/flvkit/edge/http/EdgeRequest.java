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
 * @param secure whether the connection is encrypted
 * @param receivedNanos when the head was complete, on the loop's monotonic clock
 * @param body the content, for handlers that read it; not changed any more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy would serve nobody
public record EdgeRequest(
    String method,
    String target,
    Headers headers,
    InetAddress peer,
    Protocol protocol,
    boolean secure,
    long receivedNanos,
    byte[] body) {
  private static final byte[] NO_BODY = {};

  /** A request in clear text, without a body. */
  public EdgeRequest(
      String method,
      String target,
      Headers headers,
      InetAddress peer,
      Protocol protocol,
      long receivedNanos) {
    this(method, target, headers, peer, protocol, false, receivedNanos, NO_BODY);
  }

  /** The same request, on an encrypted connection or not. */
  public EdgeRequest secured(boolean encrypted) {
    return new EdgeRequest(method, target, headers, peer, protocol, encrypted, receivedNanos, body);
  }

  /** The same request with its body. */
  public EdgeRequest withBody(byte[] content) {
    return new EdgeRequest(method, target, headers, peer, protocol, secure, receivedNanos, content);
  }
}
