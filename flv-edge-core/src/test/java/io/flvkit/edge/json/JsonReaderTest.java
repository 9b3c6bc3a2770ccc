package io.flvkit.edge.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void reads_every_kind_of_value() {
    Object read =
        JsonReader.read(
            """
            { "a": [ 1, -2.5e1, true, false, "x\\"\\u00e9\\n\\/" ], "b": {}, "c": [], "d": 0 }
            """);

    assertThat(read)
        .isEqualTo(
            Map.of(
                "a",
                List.of(1.0, -25.0, true, false, "x\"\u00e9\n/"),
                "b",
                Map.of(),
                "c",
                List.of(),
                "d",
                0.0));
    List<Object> nothing = new ArrayList<>();
    nothing.add(null);
    assertThat(JsonReader.read("[null]")).isEqualTo(nothing);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\":1,\"a\":2}",
        "{a:1}",
        "'a'",
        "\"a",
        "\"\n\"",
        "\"\\x\"",
        "\"\\u00g0\"",
        "01",
        "1.",
        "+1",
        "NaN",
        "tru",
        "1 2",
        "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]"
      })
  void refuses_what_is_not_json(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonReader.read(text));
  }
}
