package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.amf.AmfValue;
import io.flvkit.codec.amf.AmfValue.Property;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnMetaDataTest {
  private static final OnMetaData LIVE =
      OnMetaData.empty()
          .with("duration", AmfValue.of(12.5))
          .with("width", AmfValue.of(640))
          .with("height", AmfValue.of(360))
          .with("framerate", AmfValue.of(25))
          .with("audiocodecid", AmfValue.of(10))
          .with("encoder", AmfValue.of("some encoder"))
          .with("filesize", AmfValue.of(1000))
          .with("canSeekToEnd", AmfValue.of(true));

  @Test
  void fields_have_their_types() {
    assertThat(LIVE.durationSeconds()).hasValue(12.5);
    assertThat(LIVE.width()).hasValue(640);
    assertThat(LIVE.height()).hasValue(360);
    assertThat(LIVE.frameRate()).hasValue(25);
    assertThat(LIVE.text("encoder")).contains("some encoder");
  }

  @Test
  void a_field_of_another_type_is_as_if_absent() {
    OnMetaData metadata = LIVE.with("width", AmfValue.of("wide"));

    assertThat(metadata.width()).isEmpty();
    assertThat(metadata.text("height")).isEmpty();
    assertThat(metadata.get("width")).contains(AmfValue.of("wide"));
  }

  @Test
  void a_changed_property_keeps_its_place_and_a_new_one_is_last() {
    OnMetaData changed = LIVE.with("width", AmfValue.of(320)).with("new", AmfValue.of(1));

    assertThat(names(changed)).startsWith("duration", "width", "height").endsWith("new");
    assertThat(changed.width()).hasValue(320);
    assertThat(LIVE.width()).hasValue(640);
  }

  @Test
  void duplicates_are_kept_and_the_first_counts() {
    OnMetaData twice =
        new OnMetaData(
            List.of(new Property("a", AmfValue.of(1)), new Property("a", AmfValue.of(2))));

    OnMetaData again = OnMetaData.of(tag(twice.toBody()), FlvLimits.defaults()).orElseThrow();

    assertThat(again).isEqualTo(twice);
    assertThat(again.number("a")).hasValue(1);
  }

  @Test
  void a_live_stream_has_no_duration_size_or_index() {
    assertThat(names(LIVE.forLive()))
        .containsExactly("width", "height", "framerate", "audiocodecid", "encoder");
  }

  @Test
  void without_video_its_fields_go_and_the_flags_say_so() {
    OnMetaData sound = LIVE.withTracks(true, false);

    assertThat(names(sound))
        .contains("audiocodecid", "encoder")
        .doesNotContain("width", "height", "framerate");
    assertThat(sound.get("hasVideo")).contains(AmfValue.of(false));
    assertThat(sound.get("hasAudio")).contains(AmfValue.of(true));
  }

  @Test
  void it_is_written_as_an_array_with_the_exact_count() {
    ByteBuffer body = LIVE.toBody();

    assertThat(body.get(13)).isEqualTo((byte) 8);
    assertThat(body.getInt(14)).isEqualTo(LIVE.properties().size());
    assertThat(body.getInt(body.limit() - 4) & 0xFF_FFFF).isEqualTo(9);
  }

  @Nested
  class In_a_tag {
    static Stream<String> intact() {
      return Media.intact();
    }

    @ParameterizedTest
    @MethodSource("intact")
    void of_a_real_file_survives_reading_and_writing(String name) {
      for (FlvTag tag : Feed.whole(Media.bytes(name)).tags) {
        OnMetaData.of(tag, FlvLimits.defaults())
            .ifPresent(
                metadata ->
                    assertThat(OnMetaData.of(tag(metadata.toBody()), FlvLimits.defaults()))
                        .contains(metadata));
      }
    }

    @Test
    void may_be_a_plain_object_and_have_a_set_data_frame_before_it() {
      ByteBuffer body = ByteBuffer.allocate(500);
      body.put(new ScriptData("@setDataFrame", List.of()).toBody());
      body.put(new ScriptData("onMetaData", List.of(object())).toBody()).flip();

      assertThat(OnMetaData.of(tag(body), FlvLimits.defaults()))
          .hasValueSatisfying(metadata -> assertThat(metadata.width()).hasValue(640));
    }

    @Test
    void of_type_15_follows_a_format_byte() {
      ByteBuffer amf0 = LIVE.toBody();
      ByteBuffer body = ByteBuffer.allocate(1 + amf0.remaining()).put((byte) 0).put(amf0).flip();

      assertThat(OnMetaData.of(FlvTag.of(TagType.SCRIPT_AMF3, 0, body), FlvLimits.defaults()))
          .contains(LIVE);
    }

    @Test
    void of_another_name_is_none() {
      ByteBuffer body = new ScriptData("onCuePoint", List.of(object())).toBody();

      assertThat(OnMetaData.of(tag(body), FlvLimits.defaults())).isEmpty();
    }

    @Test
    void that_is_broken_or_no_script_data_is_none() {
      FlvTag broken = tag(ByteBuffer.wrap(new byte[] {2, 0, 99}));

      assertThat(OnMetaData.of(broken, FlvLimits.defaults())).isEqualTo(Optional.empty());
      assertThat(OnMetaData.of(Streams.audio(0), FlvLimits.defaults())).isEmpty();
    }

    private static AmfValue object() {
      return AmfValue.Obj.object(List.of(new Property("width", AmfValue.of(640))));
    }
  }

  private static FlvTag tag(ByteBuffer body) {
    return FlvTag.of(TagType.SCRIPT, 0, body);
  }

  private static List<String> names(OnMetaData metadata) {
    return metadata.properties().stream().map(Property::name).toList();
  }
}
