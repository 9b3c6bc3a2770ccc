package io.flvkit.edge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, 203.0.113.0, true",
    "203.0.113.0/24, 203.0.113.255, true",
    "203.0.113.0/24, 203.0.114.0, false",
    "203.0.113.77/24, 203.0.113.1, true",
    "10.0.0.0/9, 10.127.255.255, true",
    "10.0.0.0/9, 10.128.0.0, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 203.0.113.7, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
  })
  void a_block_holds_the_addresses_with_its_prefix(String block, String address, boolean holds) {
    assertThat(AddressBlock.parse(block).contains(InetAddresses.forString(address)))
        .isEqualTo(holds);
  }

  @Test
  void a_mapped_address_is_its_ipv4_address() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(new byte[] {(byte) 203, 0, 113, 7}, 0, mapped, 12, 4);
    InetAddress address = Inet6Address.getByAddress(null, mapped, -1);

    assertThat(AddressBlock.plain(address)).isEqualTo(InetAddresses.forString("203.0.113.7"));
    assertThat(AddressBlock.parse("203.0.113.0/24").contains(address)).isTrue();
    assertThat(AddressBlock.parse("::ffff:203.0.113.7").contains(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "10.0.0.0/",
        "10.0.0.0/33",
        "::/129",
        "10.0.0/8",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "example.com",
        "010.0.0.1/8x",
        "fe80::1%eth0",
        "10.0.0.0/8/8",
        " 10.0.0.1"
      })
  void what_is_no_block_is_refused(String text) {
    assertThatThrownBy(() -> AddressBlock.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void blocks_are_equal_by_what_they_hold() {
    assertThat(AddressBlock.parse("10.1.2.3/8"))
        .isEqualTo(AddressBlock.parse("10.0.0.0/8"))
        .hasSameHashCodeAs(AddressBlock.parse("10.0.0.0/8"))
        .isNotEqualTo(AddressBlock.parse("10.0.0.0/9"))
        .hasToString("10.0.0.0/8");
  }
}
