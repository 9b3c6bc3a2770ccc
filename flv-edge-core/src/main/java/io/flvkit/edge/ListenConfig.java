package io.flvkit.edge;

/**
 * Where viewers connect.
 *
 * @param address an IP address literal or host name of this machine; {@code 0.0.0.0} is every IPv4
 *     interface
 * @param port 0 to 65535; 0 takes a free one
 */
public record ListenConfig(String address, int port) {
  public ListenConfig {
    new Checks()
        .require(!address.isBlank(), "address", "must be an address of this machine")
        .within("port", port, 0, 65535)
        .done();
  }
}
