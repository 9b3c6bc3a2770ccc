package io.flvkit.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "2001:DB8::1, 2001:db8::1",
    "2001:db8:0:0:0:0:0:1, 2001:db8::1",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:0:2:3:0:0:4, 1::2:3:0:0:4",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "0:0:0:0:0:6:7:8, ::6:7:8",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    "::ffff:203.0.113.7, 203.0.113.7",
    "::ffff:cb00:7107, 203.0.113.7",
    "64:ff9b::203.0.113.7, 64:ff9b::cb00:7107",
    "0:0:0:0:0:0:203.0.113.7, ::cb00:7107",
    "::fffe:203.0.113.7, ::fffe:cb00:7107",
    "::1:ffff:203.0.113.7, ::1:ffff:cb00:7107",
    "1:2:3:4:5:6::8, 1:2:3:4:5:6:0:8",
    "0000:0000:0000:0000:0000:ffff:255.255.255.255, 255.255.255.255",
  })
  void an_address_has_one_text_and_ipv4_hides_in_no_ipv6(String written, String canonical) {
    ClientAddress address = ClientAddress.parse(written);

    assertThat(address.text()).isEqualTo(canonical).isEqualTo(address.toString());
    assertThat(address).isEqualTo(ClientAddress.parse(canonical));
    assertThat(address).hasSameHashCodeAs(ClientAddress.parse(canonical));
    assertThat(address.isWritten(written)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.a",
        "1..2.3",
        "1.2.3.4 ",
        "-1.2.3.4",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8:9:a:b",
        "1::2::3",
        "1:2:3:4:5:6:7::8",
        "12345::",
        "g::",
        "::1.2.3",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "fe80::1%eth0",
        "1:2:3:4:5:6:7:8:",
        ":1:2:3:4:5:6:7:8",
        "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000"
      })
  void anything_else_is_no_address_and_no_name_is_looked_up(String text) {
    assertThatThrownBy(() -> ClientAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ClientAddress.parse("1.2.3.4").isWritten(text)).isFalse();
  }

  @Test
  void the_address_of_a_socket_is_taken_as_it_is() throws UnknownHostException {
    byte[] v6 = {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9};

    assertThat(ClientAddress.of(InetAddress.getByAddress(new byte[] {10, 0, 0, 1})).text())
        .isEqualTo("10.0.0.1");
    assertThat(ClientAddress.of(InetAddress.getByAddress(v6)).text()).isEqualTo("2001:db8::9");
    assertThat(ClientAddress.parse("2001:db8::9").octets()).isEqualTo(v6);
    assertThat(ClientAddress.parse("2001:db8::9").bits()).isEqualTo(128);
    assertThat(ClientAddress.parse("1.2.3.4").bits()).isEqualTo(32);
    assertThat(ClientAddress.parse("1.2.3.4"))
        .isNotEqualTo(ClientAddress.parse("1.2.3.5"))
        .isNotEqualTo("1.2.3.4");
  }
}
