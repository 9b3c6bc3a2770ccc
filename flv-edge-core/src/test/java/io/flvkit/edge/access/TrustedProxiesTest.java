package io.flvkit.edge.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
  private final TrustedProxies proxies = TrustedProxies.of("10.0.0.0/8", "2001:db8::/32");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.113.7 | 198.51.100.1                         | 203.0.113.7
          10.0.0.1    | 198.51.100.1                         | 198.51.100.1
          10.0.0.1    | 192.0.2.66, 198.51.100.1             | 198.51.100.1
          10.0.0.1    | 192.0.2.66, 198.51.100.1, 10.0.0.2   | 198.51.100.1
          10.0.0.1    | 10.0.0.3, 10.0.0.2                   | 10.0.0.3
          10.0.0.1    | 198.51.100.1:4711                    | 198.51.100.1
          10.0.0.1    | [2001:db9::1]:4711                   | 2001:db9::1
          10.0.0.1    | 2001:db9::1                          | 2001:db9::1
          10.0.0.1    | ::ffff:198.51.100.1                  | 198.51.100.1
          2001:db8::1 | 198.51.100.1                         | 198.51.100.1
          10.0.0.1    | unknown                              | 10.0.0.1
          10.0.0.1    | 198.51.100.1, garbage, 10.0.0.2      | 10.0.0.2
          10.0.0.1    | ,                                    | 10.0.0.1
          """)
  void the_client_is_the_last_hop_that_is_no_trusted_proxy(
      String peer, String forwardedFor, String client) {
    assertThat(proxies.clientAddress(InetAddresses.forString(peer), List.of(forwardedFor)))
        .isEqualTo(InetAddresses.forString(client));
  }

  @Test
  void several_fields_are_one_list() {
    assertThat(
            proxies.clientAddress(
                InetAddresses.forString("10.0.0.1"),
                List.of("192.0.2.66, 198.51.100.1", "10.0.0.2")))
        .isEqualTo(InetAddresses.forString("198.51.100.1"));
  }

  @Test
  void nobody_is_believed_unless_told() {
    assertThat(
            TrustedProxies.NONE.clientAddress(
                InetAddresses.forString("10.0.0.1"), List.of("198.51.100.1")))
        .isEqualTo(InetAddresses.forString("10.0.0.1"));
  }

  @Test
  void an_endless_chain_is_not_walked_to_its_end() {
    List<String> hops = Collections.nCopies(TrustedProxies.MAX_HOPS, "10.0.0.9");
    String forwardedFor = "198.51.100.1, " + String.join(", ", hops);

    assertThat(proxies.clientAddress(InetAddresses.forString("10.0.0.1"), List.of(forwardedFor)))
        .isEqualTo(InetAddresses.forString("10.0.0.9"));
  }
}
