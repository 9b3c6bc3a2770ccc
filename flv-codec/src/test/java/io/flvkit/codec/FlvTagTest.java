package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the first bytes of a body say, by bodies as real muxers wrote them. */
class FlvTagTest {
  @Nested
  class Legacy_video {
    @ParameterizedTest
    @CsvSource({
      "17 00 000000 01 42C00C FF E1 0017 67, SEQUENCE_START, 1, 0, 5",
      "17 01 000050 000002E3 65, CODED_FRAMES, 1, 80, 5",
      "27 01 000078 000000F1 41, CODED_FRAMES, 2, 120, 5",
      "27 01 FFFF88 000000F1 41, CODED_FRAMES, 2, -120, 5",
      "17 02 000000, SEQUENCE_END, 1, 0, 5",
      "17 02 000050, SEQUENCE_END, 1, 0, 5",
      "17 03 000000, UNKNOWN, 1, 0, 5",
    })
    void of_avc_has_a_packet_type_and_a_composition_time(
        String body, PacketKind kind, int frameType, int compositionMillis, int payloadOffset) {
      FlvTag tag = video(body);

      assertThat(tag.kind()).isEqualTo(kind);
      assertThat(tag.codec()).isEqualTo(LegacyCodec.AVC);
      assertThat(tag.frameType()).isEqualTo(frameType);
      assertThat(tag.compositionMillis()).isEqualTo(compositionMillis);
      assertThat(tag.payloadOffset()).isEqualTo(payloadOffset);
      assertThat(tag.isEnhanced()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
      "1C 01 000028 00, CODED_FRAMES, 12, 40, 5",
      "1D 00 000000 81, SEQUENCE_START, 13, 0, 5",
      "19 01 000028 00, CODED_FRAMES, 9, 40, 5",
      "22 0000 84, CODED_FRAMES, 2, 0, 1",
      "14 00 12, CODED_FRAMES, 4, 0, 2",
      "15 00 12, CODED_FRAMES, 5, 0, 2",
      "13 12, CODED_FRAMES, 3, 0, 1",
      "16 12, CODED_FRAMES, 6, 0, 1",
      "18 12, CODED_FRAMES, 8, 0, 1",
      "1F 12, CODED_FRAMES, 15, 0, 1",
    })
    void of_other_codecs_has_what_each_defines(
        String body, PacketKind kind, int codec, int compositionMillis, int payloadOffset) {
      FlvTag tag = video(body);

      assertThat(tag.kind()).isEqualTo(kind);
      assertThat(tag.codec()).isEqualTo(codec);
      assertThat(tag.compositionMillis()).isEqualTo(compositionMillis);
      assertThat(tag.payloadOffset()).isEqualTo(payloadOffset);
    }

    @Test
    void that_is_a_command_is_no_picture() {
      FlvTag tag = video("57 00");

      assertThat(tag.kind()).isEqualTo(PacketKind.COMMAND);
      assertThat(tag.isKeyFrame()).isFalse();
      assertThat(hex(tag.payload())).isEqualTo("00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "17 01 00", "1C 01 0000"})
    void that_is_cut_short_is_unknown(String body) {
      assertThat(video(body).kind()).isEqualTo(PacketKind.UNKNOWN);
    }
  }

  @Nested
  class Key_frames {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "17 01 000050 65",
          "12 00",
          "91 68766331 000050 26",
          "93 61766331 65",
          "96 13 61766331 01 000002 65 88"
        })
    void are_coded_frames_of_type_1(String body) {
      assertThat(video(body).isKeyFrame()).isTrue();
    }

    @Test
    void made_by_a_server_count_too() {
      assertThat(video("47 01 000000 65").isKeyFrame()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "17 00 000000 01",
          "17 02 000000",
          "27 01 000000 41",
          "37 01 000000 41",
          "90 68766331 01",
          "A3 68766331 41",
          "57 00",
          ""
        })
    void are_nothing_else(String body) {
      assertThat(video(body).isKeyFrame()).isFalse();
    }
  }

  @Nested
  class Legacy_audio {
    @ParameterizedTest
    @CsvSource({
      "AF 00 11 88 56 E5 00, SEQUENCE_START, 10, 2",
      "AF 01 21, CODED_FRAMES, 10, 2",
      "AF 02 21, UNKNOWN, 10, 2",
      "AF, UNKNOWN, 10, 1",
      "2F FF FB, CODED_FRAMES, 2, 1",
      "B6 12, CODED_FRAMES, 11, 1",
      "3E 00, CODED_FRAMES, 3, 1",
      "72 D5, CODED_FRAMES, 7, 1",
      "82 FF, CODED_FRAMES, 8, 1",
      "DF 00, CODED_FRAMES, 13, 1",
    })
    void has_a_format_and_aac_a_packet_type(
        String body, PacketKind kind, int codec, int payloadOffset) {
      FlvTag tag = audio(body);

      assertThat(tag.kind()).isEqualTo(kind);
      assertThat(tag.codec()).isEqualTo(codec);
      assertThat(tag.payloadOffset()).isEqualTo(payloadOffset);
    }

    @Test
    void without_body_is_the_silence_message() {
      assertThat(audio("").kind()).isEqualTo(PacketKind.EMPTY);
    }
  }

  @Nested
  class Enhanced {
    @ParameterizedTest
    @CsvSource({
      "91 68766331 000050 26, CODED_FRAMES, hvc1, 80, 8",
      "A3 68766331 000000F1 02, CODED_FRAMES, hvc1, 0, 5",
      "91 61763031 1200, CODED_FRAMES, av01, 0, 5",
      "90 76703039 01000000 00 15 82 02 02 02 0000, SEQUENCE_START, vp09, 0, 5",
      "95 61763031 80, SEQUENCE_START, av01, 0, 5",
      "92 76766331, SEQUENCE_END, vvc1, 0, 5",
      "D4 76703039 02 0009 636F6C6F72496E666F, VIDEO_METADATA, vp09, 0, 5",
      "98 68766331 00, UNKNOWN, hvc1, 0, 5",
      "91 58585858 0001, CODED_FRAMES, XXXX, 0, 5",
    })
    void video_names_its_codec(
        String body, PacketKind kind, String codec, int compositionMillis, int payloadOffset) {
      FlvTag tag = video(body);

      assertThat(tag.isEnhanced()).isTrue();
      assertThat(tag.kind()).isEqualTo(kind);
      assertThat(FourCc.text(tag.codec())).isEqualTo(codec);
      assertThat(tag.compositionMillis()).isEqualTo(compositionMillis);
      assertThat(tag.payloadOffset()).isEqualTo(payloadOffset);
    }

    @ParameterizedTest
    @CsvSource({
      "90 4F707573 4F70757348656164 01 02 3801 80BB0000 0000 00, SEQUENCE_START, Opus",
      "94 4F707573 01 02 00000003, MULTICHANNEL_CONFIG, Opus",
      "91 4F707573 7C, CODED_FRAMES, Opus",
      "92 664C6143, SEQUENCE_END, fLaC",
      "91 2E6D7033 FFFB, CODED_FRAMES, .mp3",
      "93 61632D33 00, UNKNOWN, ac-3",
    })
    void audio_names_its_codec(String body, PacketKind kind, String codec) {
      FlvTag tag = audio(body);

      assertThat(tag.kind()).isEqualTo(kind);
      assertThat(FourCc.text(tag.codec())).isEqualTo(codec);
      assertThat(tag.payloadOffset()).isEqualTo(5);
    }

    @Test
    void a_video_command_has_no_codec() {
      FlvTag tag = video("D0 01");

      assertThat(tag.kind()).isEqualTo(PacketKind.COMMAND);
      assertThat(tag.codec()).isZero();
      assertThat(hex(tag.payload())).isEqualTo("01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"91", "91 6876", "91 68766331 0000", "96", "97", "97 02 0300"})
    void what_is_cut_short_is_unknown(String body) {
      assertThat(video(body).kind()).isEqualTo(PacketKind.UNKNOWN);
    }

    @Test
    void fields_do_not_stay_for_the_next_tag() {
      MediaHeader header = new MediaHeader();
      ByteBuffer first = bytes("97 02 035B33 06 01 68766331 05 000050 26");
      ByteBuffer second = bytes("27 01 000078 41");

      header.read(TagType.VIDEO, first, 0, first.remaining());
      header.read(TagType.VIDEO, second, 0, second.remaining());

      assertThat(header).usingRecursiveComparison().isEqualTo(fresh(second));
    }

    private static MediaHeader fresh(ByteBuffer body) {
      MediaHeader header = new MediaHeader();
      header.read(TagType.VIDEO, body, 0, body.remaining());
      return header;
    }
  }

  @Nested
  class Mod_ex {
    @Test
    void carries_nanoseconds() {
      FlvTag tag = audio("97 02 035B33 01 6D703461 21");

      assertThat(tag.kind()).isEqualTo(PacketKind.CODED_FRAMES);
      assertThat(tag.presentationNanoOffset()).isEqualTo(219_955);
      assertThat(FourCc.text(tag.codec())).isEqualTo("mp4a");
      assertThat(hex(tag.payload())).isEqualTo("21");
    }

    @Test
    void may_come_several_times_and_unknown_ones_are_skipped() {
      FlvTag tag = video("97 00 AA 17 02 000001 01 68766331 000028 26");

      assertThat(tag.presentationNanoOffset()).isEqualTo(1);
      assertThat(tag.compositionMillis()).isEqualTo(40);
    }

    @Test
    void of_256_bytes_has_a_long_size() {
      FlvTag tag = video("97 FF 00FF" + "00".repeat(256) + "01 61763031 12");

      assertThat(tag.kind()).isEqualTo(PacketKind.CODED_FRAMES);
      assertThat(hex(tag.payload())).isEqualTo("12");
    }
  }

  @Nested
  class Multitrack {
    @Test
    void of_one_track_names_it() {
      FlvTag video = video("96 00 68766331 01 01 01 60");
      FlvTag audio = audio("95 00 4F707573 01 4F70757348656164");

      assertThat(video.kind()).isEqualTo(PacketKind.SEQUENCE_START);
      assertThat(video.trackId()).isEqualTo(1);
      assertThat(video.isMultitrack()).isTrue();
      assertThat(hex(video.payload())).isEqualTo("010160");
      assertThat(audio.kind()).isEqualTo(PacketKind.SEQUENCE_START);
      assertThat(audio.trackId()).isEqualTo(1);
    }

    @Test
    void channel_layout_belongs_to_its_track() {
      FlvTag tag = audio("95 04 4F707573 01 01 01 00000004");

      assertThat(tag.isMultichannelConfig()).isTrue();
      assertThat(tag.trackId()).isEqualTo(1);
    }

    @Test
    void of_many_tracks_has_one_codec() {
      FlvTag tag = video("96 13 61766331 00 000002 AABB 02 000001 CC");

      assertThat(tag.tracks())
          .extracting(TrackPacket::trackId, TrackPacket::payloadOffset, TrackPacket::payloadBytes)
          .containsExactly(tuple(0, 10, 2), tuple(2, 16, 1));
    }

    @Test
    void of_many_codecs_names_each_and_its_time() {
      FlvTag tag = video("96 21 61766331 00 000005 000050 AABB 61763031 01 000001 CC");

      assertThat(tag.tracks())
          .extracting(p -> FourCc.text(p.codec()), TrackPacket::compositionMillis)
          .containsExactly(tuple("avc1", 80), tuple("av01", 0));
    }

    @Test
    void that_overruns_keeps_the_tracks_before() {
      FlvTag tag = video("96 13 61766331 00 000002 AABB 02 000009 CC");

      assertThat(tag.tracks()).hasSize(1);
    }

    @Test
    void of_a_reserved_layout_is_unknown() {
      assertThat(video("96 31 61766331 00 000002 AABB").kind()).isEqualTo(PacketKind.UNKNOWN);
    }
  }

  @Nested
  class Header {
    @Test
    void has_its_high_timestamp_bits_last() {
      FlvTag tag = FlvTag.of(TagType.VIDEO, 1_234_567_911, bytes("22"));

      assertThat(hex(tag.wire())).isEqualTo("090000019602e74900000022");
      assertThat(tag.timestampMillis()).isEqualTo(1_234_567_911);
    }

    @Test
    void with_the_filter_bit_is_of_an_encrypted_tag() {
      ByteBuffer stream = ByteBuffer.wrap(Media.bytes("synth/encrypted_se"));
      Feed.Seen seen = Feed.whole(stream.array());

      assertThat(seen.tags).anyMatch(FlvTag::isFiltered).anyMatch(tag -> !tag.isFiltered());
      assertThat(seen.tags.stream().filter(tag -> tag.isFiltered() && tag.isVideo()))
          .allMatch(tag -> tag.codec() == LegacyCodec.AVC);
    }
  }

  private static FlvTag video(String body) {
    return FlvTag.of(TagType.VIDEO, 0, bytes(body));
  }

  private static FlvTag audio(String body) {
    return FlvTag.of(TagType.AUDIO, 0, bytes(body));
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
