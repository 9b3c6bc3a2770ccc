package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.flvkit.codec.amf.AmfValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlvStepsTest {
  static Stream<String> intact() {
    return Media.intact();
  }

  @ParameterizedTest
  @MethodSource("intact")
  void a_stream_that_passes_unchanged_is_the_same_byte_for_byte(String name) {
    byte[] bytes = Media.bytes(name);

    byte[] copy = Streams.through(bytes);

    assertThat(copy).isEqualTo(name.endsWith("9bytes") ? Media.bytes("synth/header_only") : bytes);
  }

  @Nested
  class One_kind_of_media {
    @ParameterizedTest
    @ValueSource(strings = {"good/h264_aac", "good/h264_opus", "synth/script_amf0_zoo"})
    void audio_only_keeps_audio_and_script_data(String name) {
      List<FlvTag> tags = Feed.whole(Media.bytes(name)).tags;

      Feed.Seen seen = Feed.whole(Streams.through(Media.bytes(name), FlvSteps.audioOnly()));

      assertThat(seen.headers).containsExactly(new FlvHeader(true, false));
      assertThat(wires(seen.tags, TagType.AUDIO)).isEqualTo(wires(tags, TagType.AUDIO));
      assertThat(seen.tags).noneMatch(FlvTag::isVideo);
      assertThat(seen.tags.stream().filter(FlvTag::isScript).count())
          .isEqualTo(tags.stream().filter(FlvTag::isScript).count());
    }

    @Test
    void video_only_keeps_video_bit_for_bit() {
      byte[] bytes = Media.bytes("good/hevc_aac");

      Feed.Seen seen = Feed.whole(Streams.through(bytes, FlvSteps.videoOnly()));

      assertThat(seen.headers).containsExactly(new FlvHeader(false, true));
      assertThat(wires(seen.tags, TagType.VIDEO))
          .isEqualTo(wires(Feed.whole(bytes).tags, TagType.VIDEO));
      assertThat(seen.tags).noneMatch(FlvTag::isAudio);
    }

    @Test
    void metadata_tells_the_truth_about_what_is_left() {
      byte[] filtered = Streams.through(Media.bytes("good/h264_aac_index"), FlvSteps.audioOnly());

      OnMetaData metadata =
          OnMetaData.of(Feed.whole(filtered).tags.get(0), FlvLimits.defaults()).orElseThrow();

      assertThat(metadata.get("hasVideo")).contains(AmfValue.of(false));
      assertThat(metadata.get("hasAudio")).contains(AmfValue.of(true));
      assertThat(metadata.properties())
          .extracting(AmfValue.Property::name)
          .contains("duration", "audiocodecid", "stereo")
          .doesNotContain("width", "videocodecid", "keyframes", "filesize");
    }
  }

  @Nested
  class One_track {
    @Test
    void of_many_becomes_a_plain_one() {
      byte[] bytes = Media.bytes("synth/ex_multitrack_manycodecs");

      FlvReport report = inspect(Streams.through(bytes, FlvSteps.track(1, 1)));

      assertThat(report.codecs())
          .extracting(FlvReport.Codec::name, FlvReport.Codec::trackId)
          .containsExactlyInAnyOrder(tuple("hvc1", 0), tuple("Opus", 0));
      assertThat(report.hasErrors()).isFalse();
      assertThat(report.codecs()).allMatch(codec -> codec.config().isPresent());
    }

    @Test
    void keeps_payload_and_times_of_its_frames() {
      byte[] bytes = Media.bytes("good/multitrack_3v_h264");
      Map<Long, String> expected = new TreeMap<>();
      for (FlvTag tag : Feed.whole(bytes).tags) {
        if (tag.isVideo() && tag.trackId() == 2 && tag.isCodedMedia()) {
          expected.put(tag.timestampMillis(), Feed.md5(tag.payload()));
        }
      }

      Map<Long, String> found = new TreeMap<>();
      for (FlvTag tag : Feed.whole(Streams.through(bytes, FlvSteps.track(2, 0))).tags) {
        if (tag.isVideo() && tag.isCodedMedia()) {
          assertThat(tag.isMultitrack()).isFalse();
          found.put(tag.timestampMillis(), Feed.md5(tag.payload()));
        }
      }

      assertThat(found).hasSize(100).isEqualTo(expected);
    }

    @Test
    void is_described_by_its_own_metadata() {
      byte[] bytes = Media.bytes("synth/ex_multitrack_manytracks_avc1");

      FlvReport report = inspect(Streams.through(bytes, FlvSteps.track(2, 0)));

      assertThat(report.metadata().orElseThrow().get("videoTrackIdInfoMap")).isEmpty();
      assertThat(report.metadata().orElseThrow().width()).hasValue(256);
    }
  }

  @Nested
  class For_players_that_know_less {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "synth/ex_avc1_mp4a",
          "synth/ex_modex_hvc1",
          "synth/ex_modex_mp4a_audio",
          "synth/ex_multitrack_manycodecs",
          "good/hevc_aac",
          "good/h264_aac_51",
          "good/multitrack_3v_h264"
        })
    void everything_becomes_legacy_with_the_same_payload(String name) {
      byte[] bytes = Media.bytes(name);

      List<FlvTag> tags = Feed.whole(Streams.through(bytes, FlvSteps.compatible())).tags;

      assertThat(tags).noneMatch(FlvTag::isEnhanced);
      assertThat(payloads(tags)).isEqualTo(payloads(Feed.whole(bytes).tags));
    }

    @Test
    void times_of_presentation_stay() {
      byte[] bytes = Media.bytes("synth/ex_avc1_mp4a");

      List<FlvTag> tags = Feed.whole(Streams.through(bytes, FlvSteps.compatible())).tags;

      assertThat(tags).anyMatch(tag -> tag.compositionMillis() == 160);
    }

    @Test
    void opus_has_no_legacy_form_and_stays_but_its_channel_layout_goes() {
      byte[] bytes = Media.bytes("good/h264_opus");

      List<FlvTag> tags = Feed.whole(Streams.through(bytes, FlvSteps.compatible())).tags;

      assertThat(tags).noneMatch(FlvTag::isMultichannelConfig);
      assertThat(tags.stream().filter(tag -> tag.isAudio() && tag.isCodedMedia())).hasSize(251);
    }

    @Test
    void a_legacy_stream_passes_bit_for_bit() {
      byte[] bytes = Media.bytes("good/h264_aac");

      assertThat(Streams.through(bytes, FlvSteps.compatible())).isEqualTo(bytes);
    }

    @Test
    void encrypted_tags_are_not_touched() {
      byte[] bytes = Media.bytes("synth/encrypted_se");

      assertThat(Streams.through(bytes, FlvSteps.compatible())).isEqualTo(bytes);
    }

    private static List<String> payloads(List<FlvTag> tags) {
      return tags.stream()
          .filter(tag -> tag.isCodedMedia() && tag.trackId() == 0)
          .map(tag -> tag.timestampMillis() + " " + Feed.md5(tag.payload()))
          .toList();
    }
  }

  private static FlvReport inspect(byte[] bytes) {
    return FlvInspectorTest.inspect(bytes);
  }

  private static List<String> wires(List<FlvTag> tags, int type) {
    return tags.stream().filter(tag -> tag.type() == type).map(t -> Feed.md5(t.wire())).toList();
  }
}
