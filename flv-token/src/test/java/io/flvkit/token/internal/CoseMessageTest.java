package io.flvkit.token.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shape of COSE messages; what they prove is judged with an independent library elsewhere. */
class CoseMessageTest {
  /** {1: 5}, {4: "k1"}, the payload, the MAC. */
  private static final String MAC = "84" + "43a10105" + "a104426b31" + "4101" + "420203";

  @Test
  void a_mac_is_taken_apart() {
    CoseMessage message = read("d83d" + "d1" + MAC);

    assertThat(message).isNotNull();
    assertThat(message.fits(true)).isTrue();
    assertThat(message.fits(false)).isFalse();
    assertThat(message.keyId()).isEqualTo(new byte[] {'k', '1'});
    assertThat(message.payload()).isEqualTo(new byte[] {1});
    assertThat(message.proof()).isEqualTo(new byte[] {2, 3});
    assertThat(message.signed())
        .isEqualTo(HexFormat.of().parseHex("84" + "644d414330" + "43a10105" + "40" + "4101"));
  }

  @Test
  void the_tag_of_a_token_may_be_absent() {
    assertThat(read("d1" + MAC)).isNotNull();
    assertThat(read("d2" + MAC)).isNotNull();
  }

  /** The kind of the message, its algorithm and the key have to agree. */
  @ParameterizedTest
  @CsvSource({
    "d1, 43a10105, true, false",
    "d1, 43a10126, false, false",
    "d2, 43a10126, false, true",
    "d2, 43a10105, false, false",
    "d1, 40, false, false",
    "d1, 41a0, false, false",
  })
  void an_algorithm_fits_one_kind_of_key(
      String tag, String headers, boolean symmetric, boolean asymmetric) {
    CoseMessage message = read(tag + "84" + headers + "a0" + "4101" + "4102");

    assertThat(message).isNotNull();
    assertThat(message.fits(true)).isEqualTo(symmetric);
    assertThat(message.fits(false)).isEqualTo(asymmetric);
  }

  @ParameterizedTest
  @CsvSource({
    "47a2010504426b32, a104426b31, 6b32",
    "43a10105, a104426b31, 6b31",
    "43a10105, a0, ",
  })
  void the_key_id_that_is_signed_counts(String inner, String outer, @Nullable String keyId) {
    CoseMessage message = read("d1" + "84" + inner + outer + "4101" + "4102");

    assertThat(message).isNotNull();
    assertThat(message.keyId()).isEqualTo(keyId == null ? null : HexFormat.of().parseHex(keyId));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00", // no tag
        MAC,
        "d83d00", // a token of nothing
        "d83d" + MAC,
        "d3" + MAC, // another tag
        "d100", // no list
        "d18343a10105a04101", // three parts
        "d18543a10105a04101410200", // five
        "d18400a041014102", // each part of another kind
        "d18443a101050041014102",
        "d18443a10105a0004102",
        "d18443a10105a0410100",
        "d1844100a041014102", // protected headers that are no map
        "d18441ffa041014102",
        "d18447a20105028118a0a041014102", // critical headers
        "d18443a10105a104626b3141014102", // a key id in text
        "d18447a2010504626b31a041014102",
        "d18443a10105a107426b3141014102", // outer headers that nobody signed
        "d18443a10105a204426b31070041014102",
      })
  void anything_else_is_not_read(String hex) {
    assertThat(read(hex)).isNull();
  }

  private static @Nullable CoseMessage read(String hex) {
    return CoseMessage.read(HexFormat.of().parseHex(hex));
  }
}
