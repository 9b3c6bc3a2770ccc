package io.flvkit.token;

import io.flvkit.token.internal.AddressText;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * The IP address of a viewer, in the text form that signatures are made over: dotted IPv4, IPv6 as
 * in RFC 5952. An IPv4-mapped IPv6 address is the IPv4 address. Immutable; no name is ever looked
 * up.
 */
public final class ClientAddress {
  private final byte[] octets;
  private final String text;

  private ClientAddress(byte[] octets) {
    this.octets = octets;
    this.text = AddressText.format(octets);
  }

  /** Takes the address of a socket; the zone of a link-local address is left out. */
  public static ClientAddress of(InetAddress address) {
    return address instanceof Inet4Address
        ? new ClientAddress(address.getAddress())
        : new ClientAddress(AddressText.unmapped(address.getAddress()));
  }

  /**
   * Reads {@code 203.0.113.7} or {@code 2001:db8::1}. Throws {@link IllegalArgumentException} at
   * anything else, host names included.
   */
  public static ClientAddress parse(String text) {
    byte[] octets = AddressText.parse(text);
    if (octets == null) {
      throw new IllegalArgumentException("not an IP address: " + text);
    }
    return new ClientAddress(octets);
  }

  /** Returns 4 or 16 octets in network order; the caller owns the array. */
  public byte[] octets() {
    return octets.clone();
  }

  /** Returns whether {@code text} is this address in any spelling. */
  public boolean isWritten(String text) {
    return Arrays.equals(octets, AddressText.parse(text));
  }

  /** Returns 32 or 128. */
  public int bits() {
    return 8 * octets.length;
  }

  /** Returns the canonical text. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientAddress address && Arrays.equals(octets, address.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return text;
  }
}
