package io.flvkit.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountryDatabaseTest {
  private static final byte[] FILE =
      new MmdbFile()
          .country("203.0.113.0/24", "DE")
          .country("198.51.100.0/25", "FR")
          .registered("198.51.100.128/25", "US")
          .country("2001:db8::/32", "JP")
          .bytes();

  private final CountryDatabase database = CountryDatabase.of(FILE);

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0,     DE",
    "203.0.113.255,   DE",
    "203.0.114.0,     ",
    "198.51.100.127,  FR",
    "198.51.100.128,  US",
    "2001:db8::1,     JP",
    "2001:db9::1,     ",
    "127.0.0.1,       ",
    "::ffff:203.0.113.7, DE",
  })
  void knows_where_an_address_is_and_else_where_it_is_registered(String address, String country)
      throws UnknownHostException {
    assertThat(database.countryOf(InetAddress.getByName(address))).isEqualTo(country);
  }

  @Test
  void refuses_what_is_no_such_database() {
    assertThatThrownBy(() -> CountryDatabase.of(new byte[100]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is no MaxMind database of countries");
    assertThatThrownBy(() -> CountryDatabase.of(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_file_cut_anywhere_is_refused_or_never_answers_with_another_country()
      throws UnknownHostException {
    InetAddress address = InetAddress.getByName("203.0.113.9");
    for (int length = 0; length < FILE.length; length++) {
      byte[] cut = Arrays.copyOf(FILE, length);
      String country;
      try {
        country = CountryDatabase.of(cut).countryOf(address);
      } catch (RuntimeException refused) {
        continue;
      }
      assertThat(country).as("cut at %d", length).isIn("DE", null);
    }
  }
}
