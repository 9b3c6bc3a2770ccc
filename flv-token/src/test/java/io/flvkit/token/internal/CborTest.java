package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One CBOR item, or nothing. Examples are those of RFC 8949, appendix A, where it has one. */
class CborTest {

  @ParameterizedTest
  @CsvSource({
    "00, 0",
    "17, 23",
    "1818, 24",
    "18ff, 255",
    "190100, 256",
    "1903e8, 1000",
    "19ffff, 65535",
    "1a00010000, 65536",
    "1a000f4240, 1000000",
    "1affffffff, 4294967295",
    "1b0000000100000000, 4294967296",
    "1b7fffffffffffffff, 9223372036854775807",
    "20, -1",
    "37, -24",
    "3818, -25",
    "3903e7, -1000",
    "3b7fffffffffffffff, -9223372036854775808"
  })
  void integers_are_read_and_written_in_their_shortest_form(String hex, long value) {
    assertThat(read(hex)).isEqualTo(value);
    assertThat(CborWriter.write(value)).isEqualTo(HexFormat.of().parseHex(hex));
  }

  @Test
  void a_longer_form_is_read_too() {
    assertThat(read("1817")).isEqualTo(23L);
    assertThat(read("1b0000000000000001")).isEqualTo(1L);
  }

  @Test
  void every_other_kind_is_read() {
    assertThat(read("4401020304")).isEqualTo(new byte[] {1, 2, 3, 4});
    assertThat(read("40")).isEqualTo(new byte[0]);
    assertThat(read("6449455446")).isEqualTo("IETF");
    assertThat(read("62c3bc")).isEqualTo("ü");
    assertThat(read("83010203")).isEqualTo(List.of(1L, 2L, 3L));
    assertThat(read("80")).isEqualTo(List.of());
    assertThat(read("a201020304")).isEqualTo(Map.of(1L, 2L, 3L, 4L));
    assertThat(read("a1616101")).isEqualTo(Map.of("a", 1L));
    assertThat(read("c11a514b67b0")).isEqualTo(new Cbor.Tagged(1, 1_363_896_240L));
    assertThat(read("f4")).isEqualTo(false);
    assertThat(read("f5")).isEqualTo(true);
    assertThat(read("f6")).isSameAs(Cbor.NULL);
    assertThat(read("f7")).isSameAs(Cbor.NULL);
    assertThat(read("fa47c35000")).isEqualTo(100_000.0);
    assertThat(read("fb3ff199999999999a")).isEqualTo(1.1);
  }

  @Test
  void depth_is_bounded() {
    assertThat(read("81".repeat(8) + "00")).isNotNull();
    assertThat(read("81".repeat(9) + "00")).isNull();
    assertThat(read("c1".repeat(8) + "00")).isNotNull();
    assertThat(read("c1".repeat(9) + "00")).isNull();
    assertThat(read("a101".repeat(9) + "00")).isNull();
    assertThat(read("a1".repeat(50_000))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "0000", // two items
        "18", // an argument cut off
        "1900",
        "1a0000",
        "1b00000000000000",
        "1b8000000000000000", // beyond a long
        "3bffffffffffffffff",
        "1c", // reserved
        "1f",
        "44010203", // fewer bytes than said
        "5b7fffffffffffffff",
        "5f4101ff", // indefinite length
        "9f01ff",
        "61ff", // not UTF-8
        "8201", // fewer items than said
        "9b7fffffffffffffff00",
        "a101", // a key without a value
        "a201020103", // a key twice
        "a201f601f6",
        "a1f601", // keys of other kinds
        "a1410001",
        "a1800000",
        "c1", // a tag without its item
        "f0", // simple values without a meaning
        "f820",
        "f97e00", // half a float
        "ff"
      })
  void anything_else_is_not_read(String hex) {
    assertThat(read(hex)).isNull();
  }

  @Test
  void what_is_written_is_read_again() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(4L, 1L << 40);
    map.put("text", "ж".repeat(300));
    map.put(-5L, new ArrayList<>(List.of("a", new Cbor.Tagged(70_000, -7L))));
    map.put(7L, Map.of());

    Object read = Cbor.read(CborWriter.write(map));

    assertThat(read).isEqualTo(map);
    assertThat(CborWriter.write("IETF".getBytes(US_ASCII)))
        .isEqualTo(HexFormat.of().parseHex("4449455446"));
  }

  private static @Nullable Object read(String hex) {
    return Cbor.read(HexFormat.of().parseHex(hex));
  }
}
