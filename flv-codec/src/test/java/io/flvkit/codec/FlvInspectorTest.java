package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvProblem.Kind;
import io.flvkit.codec.FlvProblem.Severity;
import io.flvkit.codec.config.AudioConfig;
import io.flvkit.codec.config.DecoderConfig;
import io.flvkit.codec.config.VideoConfig;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FlvInspectorTest {
  private static final Map<String, Object> FACTS = Json.object(Media.text("facts.json"));
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("a:pcm_ne", "a:pcm"),
          Map.entry("a:pcm_le", "a:pcm"),
          Map.entry("a:nellymoser16k", "a:nellymoser"),
          Map.entry("a:nellymoser8k", "a:nellymoser"),
          Map.entry("a:adpcm_swf", "a:adpcm"),
          Map.entry("a:aac", "a:mp4a"),
          Map.entry("v:avc", "v:avc1"),
          Map.entry("v:hevc12", "v:hvc1"),
          Map.entry("v:av1_13", "v:av01"));

  static Stream<String> intact() {
    return Media.intact();
  }

  @ParameterizedTest
  @MethodSource("intact")
  void an_intact_file_has_the_tags_that_the_facts_tell_and_no_error(String name) {
    Map<String, Object> facts = Json.map(FACTS.get(name));

    FlvReport report = inspect(name);

    Map<String, Object> tags = Json.map(facts.get("tags"));
    assertThat(report.tags())
        .isEqualTo(
            new FlvReport.TagCounts(
                Json.number(tags.get("audio")),
                Json.number(tags.get("video")),
                Json.number(tags.get("script")),
                Json.number(tags.get("other"))));
    // the facts count an MPEG2TSSequenceStart and a key frame made by a server, too
    boolean hasOther =
        name.endsWith("ex_av01_mpeg2ts_start") || name.endsWith("commands_and_oddities");
    assertThat(report.keyframes())
        .isEqualTo(Json.number(facts.get("video_keyframes")) - (hasOther ? 1 : 0));
    assertThat(report.bytes()).isEqualTo(Json.number(facts.get("bytes")));
    assertThat(report.header().orElseThrow().flags())
        .isEqualTo((int) Json.number(facts.get("header_flags")));
    assertThat(report.problems()).noneMatch(p -> p.severity() == Severity.ERROR);
    assertThat(report.hasErrors()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("intact")
  void the_codecs_of_every_track_are_named(String name) {
    if (name.contains("manytracks") || name.contains("manycodecs")) {
      return; // the facts list the first track of a tag only; see the test of all tracks
    }
    Set<String> expected = new TreeSet<>();
    for (String codec : Json.map(Json.map(FACTS.get(name)).get("codecs")).keySet()) {
      String[] parts = codec.split("#", -1);
      String named = NAMES.getOrDefault(parts[0], parts[0]);
      expected.add(named + "#" + (parts.length > 1 ? parts[1] : "0"));
    }
    expected.removeIf(codec -> codec.startsWith("v:#") || codec.startsWith("a:#"));
    expected.remove(name.contains("multitrack_2v2a") ? "v:hvc1#0" : "");

    Set<String> found = new TreeSet<>();
    inspect(name).codecs().forEach(codec -> found.add(line(codec)));

    assertThat(found).isEqualTo(expected);
  }

  @Test
  void all_tracks_of_many_tracks_tags_are_named() {
    assertThat(inspect("synth/ex_multitrack_manycodecs").codecs())
        .extracting(FlvInspectorTest::line)
        .containsExactlyInAnyOrder("v:avc1#0", "v:hvc1#1", "a:mp4a#0", "a:Opus#1");
    assertThat(inspect("synth/ex_multitrack_manytracks_seqstart").codecs())
        .extracting(FlvInspectorTest::line)
        .containsExactly("v:avc1#0", "v:avc1#1", "v:avc1#2");
  }

  @ParameterizedTest
  @MethodSource("intact")
  void the_metadata_is_read(String name) {
    Map<String, Object> facts = Json.map(FACTS.get(name));
    if (!facts.containsKey("onMetaData") || name.contains("script_")) {
      return;
    }
    Map<String, Object> expected = Json.map(facts.get("onMetaData"));

    OnMetaData metadata = inspect(name).metadata().orElseThrow();

    assertThat(metadata.properties()).hasSameSizeAs(expected.entrySet());
    expected.forEach(
        (key, value) -> {
          if (value instanceof Double number) {
            assertThat(metadata.number(key)).as(key).hasValue(number);
          } else if (value instanceof String text && !text.equals("null")) {
            assertThat(metadata.text(key)).as(key).contains(text);
          }
        });
  }

  @Test
  void the_main_clip_is_measured() {
    FlvReport report = inspect("good/h264_aac");

    assertThat(report.durationMillis()).isEqualTo(20072);
    assertThat(report.videoFps()).hasValue(25.0);
    assertThat(report.gopMillis()).contains(new FlvReport.GopMillis(2000, 2000, 2000.0));
    assertThat(report.bitrateBps()).isEqualTo(Math.round(1225158 * 8000.0 / 20072));
    assertThat(report.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "good/h264_aac,avc1,640,360,8",
    "good/video_only_h264,avc1,320,180,8",
    "good/hevc_aac,hvc1,640,360,8",
    "good/hevc_hdr_video_only,hvc1,320,180,10",
    "good/av1_aac,av01,640,360,8",
    "good/av1_opus,av01,320,180,8",
    "good/vp9_aac,vp09,0,0,8",
    "synth/legacy_hevc_codecid12,hvc1,640,360,8",
  })
  void the_picture_size_comes_from_the_sequence_header(
      String file, String codec, int width, int height, int depth) {
    assertThat(config(file, true))
        .isInstanceOfSatisfying(
            VideoConfig.class,
            config -> {
              assertThat(config.codec()).isEqualTo(codec);
              assertThat(config.width()).isEqualTo(width);
              assertThat(config.height()).isEqualTo(height);
              assertThat(config.bitDepth()).isEqualTo(depth);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "good/h264_aac,mp4a,2,44100,2",
    "good/h264_aac_51,mp4a,2,48000,6",
    "good/h264_opus,Opus,0,48000,2",
    "good/h264_flac,fLaC,0,48000,1",
    "good/loop_low,mp4a,2,48000,1",
  })
  void rate_and_channels_come_from_the_sequence_header(
      String file, String codec, int profile, int rate, int channels) {
    assertThat(config(file, false)).isEqualTo(new AudioConfig(codec, profile, rate, channels));
  }

  @Nested
  class Damage {
    @ParameterizedTest
    @CsvSource({
      "amf_bad_type,SCRIPT_DATA",
      "amf_deep,SCRIPT_DATA",
      "amf_truncated,SCRIPT_DATA",
      "garbage_html,GARBAGE",
      "datasize_max,GARBAGE",
      "header_missing,HEADER",
      "header_bad_signature,HEADER",
      "header_offset_zero,HEADER",
      "late_sequence_headers,MISSING_CONFIGURATION",
      "no_sequence_headers,MISSING_CONFIGURATION",
      "reconnect_full_header_ts0,RESTART",
      "reconnect_no_header,TIMESTAMP_BACK",
      "short_bodies,MEDIA_HEADER",
      "trunc_body,TRUNCATED",
      "trunc_tag_header,TRUNCATED",
      "ts_all_zero,TIMESTAMP_FROZEN",
      "ts_jump_forward,TIMESTAMP_JUMP",
      "ts_nonmono_jitter,TIMESTAMP_BACK",
      "ts_nonmono_jump_back,TIMESTAMP_BACK",
      "ts_reset_zero,TIMESTAMP_BACK",
      "ts_wrap24_broken,TIMESTAMP_WRAP",
      "two_streams_mixed,CODEC_CHANGE",
    })
    void is_an_error(String name, Kind kind) {
      assertThat(inspect("damaged/" + name).problems())
          .anyMatch(p -> p.kind() == kind && p.severity() == Severity.ERROR);
    }

    @ParameterizedTest
    @CsvSource({
      "prevsize_zero,PREVIOUS_TAG_SIZE",
      "prevsize0_nonzero,PREVIOUS_TAG_SIZE",
      "header_flags_ff,HEADER",
      "header_flags_zero,FLAGS",
      "reserved_bits,TAG_HEADER",
      "streamid_1,TAG_HEADER",
      "starts_inter_frame,FIRST_FRAME",
      "unknown_types,UNKNOWN_TYPE",
      "ts_sign31,TIMESTAMP_WRAP",
      "ts_wrap32,TIMESTAMP_WRAP",
      "ts_av_offset,TRACK_OFFSET",
      "codec_change,CODEC_CHANGE",
    })
    void is_a_warning(String name, Kind kind) {
      FlvReport report = inspect("damaged/" + name);

      assertThat(report.problems()).anyMatch(p -> p.kind() == kind);
      assertThat(report.problems())
          .filteredOn(p -> p.kind() == kind)
          .allMatch(p -> p.severity() == Severity.WARNING);
    }

    @Test
    void that_is_none_is_not_reported() {
      for (String name : List.of("ts_wrap24_ok", "seq_repeat", "no_metadata", "trunc_prevsize")) {
        assertThat(inspect("damaged/" + name).problems()).as(name).isEmpty();
      }
    }

    @Test
    void a_list_of_problems_does_not_grow_without_bound() {
      FlvInspector inspector = FlvInspector.create(FlvLimits.defaults());
      ByteBuffer stream = ByteBuffer.allocate(100_000);
      FlvWriter.putHeader(stream, new FlvHeader(true, false));
      for (int i = 0; i < 3000; i++) {
        FlvWriter.putTag(stream, 20, i, ByteBuffer.wrap(new byte[1]));
      }
      inspector.parse(stream.flip());
      inspector.end();

      assertThat(inspector.report().problems()).hasSize(FlvInspector.MAX_PROBLEMS);
      assertThat(inspector.report().problemsOmitted()).isEqualTo(2000);
    }
  }

  @Test
  void a_live_prelude_at_time_zero_does_not_count_as_duration() {
    ByteBuffer stream = ByteBuffer.allocate(1000);
    FlvWriter.putHeader(stream, new FlvHeader(false, true));
    FlvWriter.putTag(stream, TagType.VIDEO, 0, ByteBuffer.wrap(new byte[] {0x17, 0, 0, 0, 0}));
    for (int i = 0; i < 3; i++) {
      ByteBuffer frame = ByteBuffer.wrap(new byte[] {0x17, 1, 0, 0, 0, 9});
      FlvWriter.putTag(stream, TagType.VIDEO, 5_000_000 + 40 * i, frame);
    }
    FlvInspector inspector = FlvInspector.create(FlvLimits.live());

    inspector.parse(stream.flip());

    assertThat(inspector.report().durationMillis()).isEqualTo(80);
    assertThat(inspector.report().problems()).isEmpty();
  }

  static FlvReport inspect(String name) {
    return inspect(Media.bytes(name));
  }

  static FlvReport inspect(byte[] bytes) {
    FlvInspector inspector = FlvInspector.create(FlvLimits.defaults());
    inspector.parse(ByteBuffer.wrap(bytes));
    inspector.end();
    return inspector.report();
  }

  private static DecoderConfig config(String file, boolean video) {
    Set<Optional<DecoderConfig>> configs = new LinkedHashSet<>();
    inspect(file).codecs().stream()
        .filter(codec -> codec.isVideo() == video)
        .forEach(codec -> configs.add(codec.config()));
    return configs.iterator().next().orElseThrow();
  }

  private static String line(FlvReport.Codec codec) {
    return (codec.isVideo() ? "v:" : "a:") + codec.name() + "#" + codec.trackId();
  }
}
