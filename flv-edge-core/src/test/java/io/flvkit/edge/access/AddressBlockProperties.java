package io.flvkit.edge.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AddressBlockProperties {

  @Property(tries = 200)
  void a_block_agrees_with_arithmetic(
      @ForAll @Size(4) byte[] network,
      @ForAll @Size(4) byte[] address,
      @ForAll @IntRange(min = 0, max = 32) int prefixBits)
      throws UnknownHostException {
    AddressBlock block =
        AddressBlock.parse(InetAddress.getByAddress(network).getHostAddress() + "/" + prefixBits);

    boolean samePrefix =
        new BigInteger(1, network)
            .shiftRight(32 - prefixBits)
            .equals(new BigInteger(1, address).shiftRight(32 - prefixBits));

    assertThat(block.contains(InetAddress.getByAddress(address))).isEqualTo(samePrefix);
    assertThat(block.contains(InetAddress.getByAddress(network))).isTrue();
  }

  @Property(tries = 200)
  void an_address_with_flipped_bits_below_the_prefix_is_still_inside(
      @ForAll @Size(16) byte[] network,
      @ForAll @IntRange(min = 1, max = 127) int prefixBits,
      @ForAll @Size(16) byte[] noise)
      throws UnknownHostException {
    network[0] = 0x20;
    AddressBlock block =
        AddressBlock.parse(InetAddress.getByAddress(network).getHostAddress() + "/" + prefixBits);

    BigInteger below = BigInteger.ONE.shiftLeft(128 - prefixBits).subtract(BigInteger.ONE);
    BigInteger inside = new BigInteger(1, network).xor(new BigInteger(1, noise).and(below));
    BigInteger outside = new BigInteger(1, network).flipBit(128 - prefixBits);

    assertThat(block.contains(address(inside))).isTrue();
    assertThat(block.contains(address(outside))).isFalse();
  }

  private static InetAddress address(BigInteger value) throws UnknownHostException {
    byte[] bytes = new byte[16];
    byte[] magnitude = value.toByteArray();
    int length = Math.min(16, magnitude.length);
    System.arraycopy(magnitude, magnitude.length - length, bytes, 16 - length, length);
    return InetAddress.getByAddress(bytes);
  }
}
