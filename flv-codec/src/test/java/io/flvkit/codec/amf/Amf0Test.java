package io.flvkit.codec.amf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.codec.FlvFormatException;
import io.flvkit.codec.FlvLimits;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Amf0Test {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 4059000000000000",
        "00 7FF8000000000000",
        "01 01",
        "02 0003 616263",
        "03 0001 61 05 0000 09",
        "05",
        "06",
        "07 0002",
        "08 00000002 0001 61 05 0001 62 06 0000 09",
        "0A 00000002 05 06",
        "0B 4059000000000000 FFC4",
        "0D",
        "0F 00000003 3C613E",
        "10 0003 466F6F 0001 61 05 0000 09",
        "11 0A 0B 01 03 61 04 05 01"
      })
  void each_type_is_written_as_it_was_read(String hex) {
    byte[] bytes = bytes(hex);

    AmfValue value = read(hex);

    assertThat(written(value)).isEqualTo(bytes);
  }

  @Test
  void a_text_beyond_65535_bytes_is_a_long_string() {
    AmfValue text = AmfValue.of("x".repeat(70_000));

    byte[] bytes = written(text);

    assertThat(bytes).hasSize(70_005).startsWith(0x0C, 0, 1, 0x11, 0x70);
    assertThat(Amf0Reader.of(ByteBuffer.wrap(bytes), FlvLimits.defaults()).next()).isEqualTo(text);
  }

  @Test
  void an_array_is_written_with_its_exact_count_whatever_it_said() {
    AmfValue value = read("08 00000000 0001 61 05 0001 62 06 0000 09");

    assertThat(written(value)).startsWith(bytes("08 00000002"));
  }

  @Test
  void properties_keep_their_order_and_duplicates() {
    AmfValue.Obj object = (AmfValue.Obj) read("03 0001 62 05 0001 61 06 0001 62 06 0000 09");

    assertThat(object.properties())
        .extracting(AmfValue.Property::name)
        .containsExactly("b", "a", "b");
    assertThat(object.get("b")).isEqualTo(AmfValue.Simple.NULL);
    assertThat(object.get("c")).isEqualTo(AmfValue.Simple.UNDEFINED);
  }

  @Test
  void a_missing_end_marker_is_forgiven() {
    AmfValue.Obj object = (AmfValue.Obj) read("08 00000001 0001 61 05");

    assertThat(object.properties()).hasSize(1);
  }

  @Nested
  class Amf3 {
    @ParameterizedTest
    @CsvSource({
      "00",
      "01",
      "02",
      "03",
      "04 81 00",
      "04 FF FF FF FF",
      "05 4059000000000000",
      "06 07 616263",
      "06 00",
      "07 03 61",
      "08 01 4059000000000000",
      "09 05 03 61 01 01 01 02",
      "0A 13 03 41 03 78 04 05",
      "0A 0B 01 03 61 04 05 01",
      "0B 03 61",
      "0C 05 01 02",
      "0D 05 00 00000001 00000002",
      "0F 03 00 4059000000000000",
      "10 05 00 01 01 02",
      "11 03 00 04 01 01"
    })
    void ends_where_it_ends_and_amf0_goes_on(String hex) {
      byte[] amf3 = bytes(hex);
      Amf0Reader reader =
          Amf0Reader.of(ByteBuffer.wrap(bytes("11" + hex + "01 01")), FlvLimits.defaults());

      AmfValue first = reader.next();
      AmfValue second = reader.next();

      assertThat(first).isInstanceOf(AmfValue.Amf3.class);
      assertThat(((AmfValue.Amf3) first).bytes()).isEqualTo(amf3);
      assertThat(second).isEqualTo(AmfValue.of(true));
      assertThat(reader.hasNext()).isFalse();
    }

    @Test
    void of_which_nobody_knows_the_length_takes_the_rest() {
      AmfValue value = read("11 0A 07 03 41 01 02 03");

      assertThat(((AmfValue.Amf3) value).bytes()).hasSize(7);
    }

    @Test
    void of_which_nobody_knows_the_length_cannot_be_inside_an_object() {
      String externalizable = "11 0A 07 03 41 01 02 03";

      assertThatThrownBy(() -> read("03 0001 61" + externalizable + "0000 09"))
          .isInstanceOf(FlvFormatException.class)
          .hasMessageContaining("AMF3 of unknown length inside an object");
    }

    @Test
    void nested_too_deep_is_refused() {
      assertThatThrownBy(() -> read("11" + "09 03 01".repeat(100) + "01"))
          .isInstanceOf(FlvFormatException.class)
          .hasMessageContaining("beyond the limits");
    }

    @Test
    void inside_an_object_ends_where_it_ends() {
      String hex = "03 0001 61 11 0A 0B 01 03 61 04 05 01 0001 62 05 0000 09";

      assertThat(written(read(hex))).isEqualTo(bytes(hex));
    }
  }

  @Nested
  class Broken {
    @ParameterizedTest
    @CsvSource({
      "'',0",
      "00 4059,1",
      "02 0005 6162,3",
      "0C 7FFFFFFF 61,5",
      "0A FFFFFFFF 05 05,5",
      "03 0001 61,4",
      "04,1",
      "0E,1",
      "3F,1"
    })
    void says_where(String hex, long position) {
      assertThatThrownBy(() -> read(hex))
          .isInstanceOfSatisfying(
              FlvFormatException.class, e -> assertThat(e.position()).isEqualTo(position));
    }

    @Test
    void by_depth_is_refused() {
      assertThatThrownBy(() -> read("03 0001 61".repeat(5000)))
          .isInstanceOf(FlvFormatException.class)
          .hasMessageContaining("deeper than 64");
    }

    @ParameterizedTest
    @CsvSource({"10000, 02 0000", "10000, 07 0000", "5000, 03 0000 09", "20000, 05", "9000, 11 00"})
    void by_objects_that_outweigh_their_bytes_is_refused(int count, String element) {
      String array = "0A %08X".formatted(count) + element.repeat(count);

      assertThatThrownBy(() -> read(array))
          .isInstanceOf(FlvFormatException.class)
          .hasMessageContaining("memory");
    }

    @Test
    void by_number_is_refused() {
      FlvLimits few = new FlvLimits(1000, 9, 1, 8, 10);

      assertThatThrownBy(
              () ->
                  Amf0Reader.of(ByteBuffer.wrap(bytes("0A 0000000B" + "05".repeat(11))), few)
                      .next())
          .hasMessageContaining("more than 10 values");
    }
  }

  @Test
  void a_long_keyframe_index_is_read() {
    int count = 100_000;
    String array = "0A %08X".formatted(count) + "00 4059000000000000".repeat(count);

    assertThat(((AmfValue.StrictArray) read(array)).elements()).hasSize(count);
  }

  @Test
  void a_list_of_a_thousand_cue_points_is_read() {
    String cuePoint =
        "03 0004 6E616D65 02 0003 616263 0004 74696D65 00 4059000000000000"
            + "0004 74797065 02 0005 6576656E74 000A 706172616D6574657273 03 000009 000009";

    AmfValue value = read("0A 000003E8" + cuePoint.repeat(1000));

    assertThat(((AmfValue.StrictArray) value).elements())
        .hasSize(1000)
        .allMatch(element -> ((AmfValue.Obj) element).get("type").equals(AmfValue.of("event")));
  }

  @Test
  void values_are_built_without_a_reader() {
    AmfValue built =
        AmfValue.Obj.ecmaArray(
            List.of(
                new AmfValue.Property("n", AmfValue.of(1.5)),
                new AmfValue.Property("b", AmfValue.of(false))));

    assertThat(written(built))
        .isEqualTo(bytes("08 00000002 0001 6E 00 3FF8000000000000 0001 62 01 00 0000 09"));
  }

  private static AmfValue read(String hex) {
    return Amf0Reader.of(ByteBuffer.wrap(bytes(hex)), FlvLimits.defaults()).next();
  }

  private static byte[] written(AmfValue value) {
    ByteBuffer out = new Amf0Writer().write(value).toBuffer();
    byte[] bytes = new byte[out.remaining()];
    out.get(bytes);
    return bytes;
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
