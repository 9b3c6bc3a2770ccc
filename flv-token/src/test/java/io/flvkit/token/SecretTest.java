package io.flvkit.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain,plain",
        "'plain\n',plain",
        "'plain\r\n',plain",
        "'plain\n\n','plain\n'",
        "' plain ',' plain '",
        "'plain\r','plain\r'",
        "hex:706c61696e,plain",
        "HEX:706C61696E,plain",
        "'hex: 706c61696e \n',plain",
        "base64:cGxhaW4,plain",
        "base64:cGxhaW4=,plain",
        "base64:8J+OpQ==,🎥",
        "base64:8J-OpQ,🎥",
        "hexagon,hexagon",
      })
  void a_secret_is_read_as_files_and_variables_hold_it(String written, String meant) {
    assertThat(Secret.parse(written).bytes()).isEqualTo(meant.getBytes(UTF_8));
    assertThat(Secret.parse(written.getBytes(UTF_8)).bytes()).isEqualTo(meant.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\r\n",
        "hex:",
        "hex:abc",
        "hex:zz",
        "base64:",
        "base64:!!!!",
        "base64:A"
      })
  void what_is_empty_or_not_what_its_prefix_says_is_refused_without_showing_it(String written) {
    assertThatThrownBy(() -> Secret.parse(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContainingAny("zz", "abc", "!!!")
        .hasNoCause();
  }

  @Test
  void a_secret_has_a_longest_length() {
    assertThat(Secret.of(new byte[Secret.MAX_BYTES])).hasToString("Secret[8192 bytes]");
    assertThatThrownBy(() -> Secret.of(new byte[Secret.MAX_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void raw_bytes_are_copied_and_never_shown() {
    byte[] raw = "hex:00".getBytes(UTF_8);

    Secret secret = Secret.of(raw);
    raw[0] = 0;

    assertThat(secret.bytes()).isEqualTo("hex:00".getBytes(UTF_8));
    assertThat(secret.isText()).isFalse();
    assertThat(Secret.parse("text").isText()).isTrue();
    assertThat(Secret.parse("topsecret").toString()).doesNotContain("topsecret");
  }

  @Test
  void an_ed25519_key_knows_its_public_half() {
    assertThat(TestKeys.ED25519_PRIVATE.ed25519PublicKey())
        .asHexString()
        .isEqualToIgnoringCase("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assertThatThrownBy(() -> Secret.parse("short").ed25519PublicKey())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
