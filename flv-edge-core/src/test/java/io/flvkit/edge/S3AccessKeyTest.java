package io.flvkit.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3AccessKeyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ID:se/cr+et",
        "ID:se/cr+et\n",
        "ID\nse/cr+et\n",
        "[default]\naws_access_key_id = ID\naws_secret_access_key=se/cr+et\n"
      })
  void is_read_from_a_pair_two_lines_or_a_credentials_file(String text) {
    S3AccessKey key = S3AccessKey.parse(text);

    assertThat(key).isEqualTo(new S3AccessKey("ID", "se/cr+et"));
    assertThat(key.toString()).contains("ID").doesNotContain("se/cr+et");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ID", "ID:", ":secret", "a b c"})
  void anything_else_is_refused_without_being_repeated(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> S3AccessKey.parse(text))
        .withMessage("must hold ID:SECRET");
  }
}
