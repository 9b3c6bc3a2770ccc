package io.flvkit.edge.access;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3), IPv4 or IPv6. An
 * IPv4-mapped IPv6 address is its IPv4 address.
 */
public final class AddressBlock {
  private static final Pattern PREFIX_BITS = Pattern.compile("[0-9]{1,3}");

  private final byte[] network;
  private final int prefixBits;

  private AddressBlock(byte[] network, int prefixBits) {
    this.network = network;
    this.prefixBits = prefixBits;
  }

  /**
   * Reads {@code 203.0.113.0/24}, {@code 2001:db8::/32} or a single address. Bits below the prefix
   * are ignored. Throws {@code IllegalArgumentException} for anything else.
   */
  public static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    if (!InetAddresses.isInetAddress(literal) || literal.contains("%")) {
      throw new IllegalArgumentException("not an address or a block such as 203.0.113.0/24");
    }
    byte[] network = InetAddresses.forString(literal).getAddress();
    int mostBits = network.length * 8;
    if (slash < 0) {
      return new AddressBlock(network, mostBits);
    }
    String prefix = text.substring(slash + 1);
    int bits = PREFIX_BITS.matcher(prefix).matches() ? Integer.parseInt(prefix) : -1;
    if (bits < 0 || bits > mostBits) {
      throw new IllegalArgumentException("the prefix must be /0 to /" + mostBits);
    }
    return new AddressBlock(masked(network, bits), bits);
  }

  /** Whether {@code address}, as IPv4 if it is IPv4-mapped, lies in this block. */
  public boolean contains(InetAddress address) {
    byte[] bytes = plain(address).getAddress();
    return bytes.length == network.length && Arrays.equals(masked(bytes, prefixBits), network);
  }

  /** The IPv4 address of an IPv4-mapped IPv6 address, every other address as it is. */
  public static InetAddress plain(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return address;
      }
    }
    if (bytes[10] != (byte) 0xff || bytes[11] != (byte) 0xff) {
      return address;
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an IPv4 address", e);
    }
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] result = new byte[address.length];
    int whole = bits / 8;
    System.arraycopy(address, 0, result, 0, whole);
    if (bits % 8 != 0) {
      result[whole] = (byte) (address[whole] & (0xff00 >> (bits % 8)));
    }
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressBlock that
        && prefixBits == that.prefixBits
        && Arrays.equals(network, that.network);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(network) * 31 + prefixBits;
  }

  /** The CIDR notation. */
  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(network).getHostAddress() + "/" + prefixBits;
    } catch (UnknownHostException e) {
      throw new AssertionError("four or sixteen bytes are an address", e);
    }
  }
}
