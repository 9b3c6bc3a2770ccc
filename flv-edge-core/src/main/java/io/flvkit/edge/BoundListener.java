package io.flvkit.edge;

import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;

/**
 * A listener that is open.
 *
 * @param kind {@code http}, {@code https}, {@code h3} or {@code admin}
 * @param address with the port that the system gave for port 0
 */
public record BoundListener(String kind, InetSocketAddress address) {
  /** For a person or a script: {@code http 127.0.0.1:43211}. */
  @Override
  public String toString() {
    return kind + " " + InetAddresses.toUriString(address.getAddress()) + ":" + address.getPort();
  }
}
