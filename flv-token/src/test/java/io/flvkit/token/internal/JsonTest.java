package io.flvkit.token.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One JSON object, or nothing. */
class JsonTest {

  @Test
  void every_kind_of_value_is_read() {
    String text =
        " \t{ \"a\" : \"x\" , \"b\":-1.50e+2,\"c\":[ true,false , null,[]],\"d\":{ } ,\"e\":0}\r\n";

    Map<String, Object> read = Json.object(text);

    assertThat(read)
        .containsExactly(
            Map.entry("a", "x"),
            Map.entry("b", new BigDecimal("-1.50e+2")),
            Map.entry("c", List.of(true, false, Json.NULL, List.of())),
            Map.entry("d", Map.of()),
            Map.entry("e", BigDecimal.ZERO));
  }

  @Test
  void escapes_are_read() {
    Map<String, Object> read =
        Json.object("{\"\\u0061\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83C\\uDFA5\"}");

    assertThat(read).containsExactly(Map.entry("a", "\"\\/\b\f\n\r\té🎥"));
  }

  @Test
  void blanks_may_stand_between_all_signs_and_a_string_may_hold_a_null() {
    assertThat(Json.object(" { \"a\" : [ ] , \"b\" : [ 1 , 2 ] , \"c\" : { } } "))
        .containsExactly(
            Map.entry("a", List.of()),
            Map.entry("b", List.of(BigDecimal.ONE, new BigDecimal(2))),
            Map.entry("c", Map.of()));
    assertThat(Json.object("{\"a\":\"\\u0000\"}")).containsExactly(Map.entry("a", "\0"));
  }

  @Test
  void depth_is_bounded() {
    String eight = "{\"a\":" + "[".repeat(8) + "]".repeat(8) + "}";
    String nine = "{\"a\":" + "[".repeat(9) + "]".repeat(9) + "}";

    assertThat(Json.object(eight)).isNotNull();
    assertThat(Json.object(nine)).isNull();
  }

  @Test
  void numbers_are_bounded() {
    assertThat(Json.object("{\"a\":" + "1".repeat(32) + "}")).isNotNull();
    assertThat(Json.object("{\"a\":" + "1".repeat(33) + "}")).isNull();
    assertThat(Json.object("{\"a\":1e99}")).isNotNull();
    assertThat(Json.object("{\"a\":1e999999999}")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1;\"b\":2}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":null,\"a\":null}",
        "{\"a\":[1}",
        "{\"a\":[1 2]}",
        "{\"a\":[,]}",
        "{\"a\":tru}",
        "{\"a\":falsy}",
        "{\"a\":nil}",
        "{\"a\":True}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":NaN}",
        "{\"a\":12345",
        "{\"a\":\"",
        "{\"a\":\"x",
        "{\"a\":\"\\",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12",
        "{\"a\":\"\\u12zz\"}",
        "{\"a\":\"\\uzz12\"}",
        "{\"a\":\"\\x1234\"}",
        "{\"a\":\"tab\there\"}",
        "{\"a\":\"\u0000\"}"
      })
  void anything_else_is_not_read(String text) {
    assertThat(Json.object(text)).isNull();
  }

  @Test
  void what_is_written_is_read_again() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("iss", "Quoted \"issuer\" \\ \n\u001f é");
    object.put("exp", 1_893_456_000L);

    String text = Json.write(object);

    assertThat(text)
        .isEqualTo("{\"iss\":\"Quoted \\\"issuer\\\" \\\\ \\u000a\\u001f é\",\"exp\":1893456000}");
    assertThat(Json.object(text))
        .containsEntry("iss", object.get("iss"))
        .containsEntry("exp", new BigDecimal(1_893_456_000L));
    assertThat(Json.write(Map.of())).isEqualTo("{}");
  }
}
