package io.flvkit.edge;

import com.google.common.net.InetAddresses;
import org.jspecify.annotations.Nullable;

/**
 * Where metrics, health and the stream list are served.
 *
 * @param address an IP address literal or host name of this machine
 * @param port 0 to 65535; 0 takes a free one
 * @param token the bearer token that callers show; null: none is asked for, on loopback only
 */
public record AdminConfig(String address, int port, @Nullable String token) {
  /** On loopback at port 9901, without a token. */
  public static final AdminConfig DEFAULT = new AdminConfig("127.0.0.1", 9901, null);

  public AdminConfig {
    new Checks()
        .require(!address.isBlank(), "address", "must be an address of this machine")
        .within("port", port, 0, 65535)
        .require(token == null || !token.isBlank(), "tokenFile", "must not be blank")
        .require(
            token != null || isLoopback(address),
            "tokenFile",
            "is needed when others than this machine can reach the address")
        .done();
  }

  private static boolean isLoopback(String address) {
    return InetAddresses.isInetAddress(address)
        ? InetAddresses.forString(address).isLoopbackAddress()
        : address.equals("localhost");
  }

  /** Leaves the token out, so that it never reaches a log. */
  @Override
  public String toString() {
    return "AdminConfig[" + address + ":" + port + (token == null ? "" : ", with a token") + "]";
  }
}
