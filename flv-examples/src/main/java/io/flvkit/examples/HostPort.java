package io.flvkit.examples;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses as users write them: {@code HOST:PORT}, {@code [::1]:8080}. */
public final class HostPort {
  private static final int PORT_MAX = 65_535;

  private HostPort() {}

  /**
   * Reads an address. Throws IllegalArgumentException, with a message to show, for another form or
   * an unknown host.
   */
  public static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      host = "";
    }
    if (host.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' is not HOST:PORT");
    }
    try {
      return new InetSocketAddress(
          InetAddress.getByName(host), port(text, text.substring(colon + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("unknown host: " + host, e);
    }
  }

  private static int port(String text, String digits) {
    int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : -1;
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException("'" + text + "' has no port from 0 to 65535");
    }
    return port;
  }

  /** Writes the numeric address and the port, an IPv6 address in brackets. */
  public static String print(InetSocketAddress address) {
    String host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
