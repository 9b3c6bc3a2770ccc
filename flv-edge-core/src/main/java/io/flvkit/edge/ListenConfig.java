package io.flvkit.edge;

import org.jspecify.annotations.Nullable;

/**
 * Where viewers connect.
 *
 * @param address an IP address literal or host name of this machine; {@code 0.0.0.0} is every IPv4
 *     interface
 * @param port 0 to 65535; 0 takes a free one
 * @param tls null: clients talk in clear text
 * @param proxyProtocol whether each connection must open with a PROXY header, version 1 or 2, which
 *     says who the client is
 * @param http3 whether HTTP/3 is served too, at the UDP port of the same number; takes certificates
 */
public record ListenConfig(
    String address, int port, @Nullable TlsConfig tls, boolean proxyProtocol, boolean http3) {
  public ListenConfig {
    new Checks()
        .require(!address.isBlank(), "address", "must be an address of this machine")
        .within("port", port, 0, 65535)
        .require(!http3 || tls != null, "http3", "takes certificates: name them under tls")
        .require(
            !http3 || !proxyProtocol,
            "http3",
            "cannot be had with proxyProtocol: it has no PROXY header")
        .done();
  }

  /** Without HTTP/3. */
  public ListenConfig(String address, int port, @Nullable TlsConfig tls, boolean proxyProtocol) {
    this(address, port, tls, proxyProtocol, false);
  }

  /** The same listener, with HTTP/3 too. */
  public ListenConfig withHttp3() {
    return new ListenConfig(address, port, tls, proxyProtocol, true);
  }

  /** In clear text. */
  public ListenConfig(String address, int port) {
    this(address, port, null);
  }

  /** Without the PROXY protocol. */
  public ListenConfig(String address, int port, @Nullable TlsConfig tls) {
    this(address, port, tls, false);
  }

  /** Whether the other is the same to a system that knows nothing of certificates. */
  boolean hasSocketOf(ListenConfig other) {
    return address.equals(other.address)
        && port == other.port
        && proxyProtocol == other.proxyProtocol
        && http3 == other.http3
        && (tls == null) == (other.tls == null);
  }
}
