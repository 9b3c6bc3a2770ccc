package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write opens without an error line in programs that are not ours. */
class OtherProgramsTest {
  /** No repair brings back a sequence header that never came, or bits that were flipped. */
  private static final Set<String> NOT_DECODABLE =
      Set.of(
          "damaged/bitflips_body", "damaged/late_sequence_headers", "damaged/no_sequence_headers");

  @TempDir Path folder;

  static Stream<String> good() {
    return Media.names("good");
  }

  static Stream<String> damaged() {
    return Media.damaged().filter(name -> !NOT_DECODABLE.contains(name));
  }

  @ParameterizedTest
  @MethodSource("good")
  void modern_ffmpeg_reads_filtered_and_indexed_files(String name) throws IOException {
    assertNoNewErrors(Program.modern("ffprobe"), name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audio_alaw",
        "audio_mulaw",
        "audio_nelly16k",
        "audio_nelly8k",
        "audio_only_aac",
        "audio_only_mp3",
        "audio_pcm_s16be",
        "flashsv2_pcm_u8",
        "flashsv_pcm_s16le",
        "flv1_adpcm",
        "flv1_mp3",
        "flv1_nelly22",
        "flv1_speex",
        "h264_aac",
        "h264_aac_index",
        "h264_nometa_noseqend",
        "loop_low",
        "video_only_h264"
      })
  void the_ffmpeg_of_the_distribution_reads_legacy_files(String name) throws IOException {
    assertNoNewErrors(Program.installed("ffprobe", "-version"), "good/" + name);
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void modern_ffmpeg_reads_repaired_files(String name) throws IOException {
    Program ffprobe = Program.modern("ffprobe");
    FlvIndexer repairing = FlvIndexer.repairing(FlvLimits.defaults());

    byte[] repaired = Streams.indexed(Media.bytes(name), repairing);

    assertThat(complaints(ffprobe, repaired)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage_html",
        "lost_bytes",
        "prevsize_zero",
        "reconnect_full_header_ts0",
        "datasize_max",
        "ts_wrap24_broken",
        "reserved_bits",
        "header_missing"
      })
  void modern_ffmpeg_decodes_repaired_files(String name) throws IOException {
    Program ffmpeg = Program.modern("ffmpeg");
    FlvIndexer repairing = FlvIndexer.repairing(FlvLimits.defaults());

    Path file = write(Streams.indexed(Media.bytes("damaged/" + name), repairing));

    String errors = ffmpeg.run("-v", "error", "-i", file.toString(), "-f", "null", "-");
    boolean holed = name.equals("lost_bytes") || name.equals("datasize_max");
    assertThat(errors.lines().filter(line -> !(holed && line.contains("h264")))).isEmpty();
  }

  @Test
  void modern_ffmpeg_decodes_what_was_made_for_old_players() throws IOException {
    Program ffmpeg = Program.modern("ffmpeg");

    byte[] legacy = Streams.through(Media.bytes("synth/ex_avc1_mp4a"), FlvSteps.compatible());

    Path file = write(legacy);
    assertThat(ffmpeg.run("-v", "error", "-xerror", "-i", file.toString(), "-f", "null", "-"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5000, 17_999})
  void modern_ffmpeg_decodes_from_the_middle(long millis) throws IOException {
    Program ffmpeg = Program.modern("ffmpeg");
    byte[] bytes = Media.bytes("good/h264_aac");
    SeekPlan plan =
        SeekPlan.byTime(ByteSource.of(ByteBuffer.wrap(bytes)), millis, FlvLimits.defaults())
            .orElseThrow();

    ByteBuffer answer = ByteBuffer.allocate((int) plan.bytes()).put(plan.prelude());
    answer.put(bytes, (int) plan.from(), (int) (plan.to() - plan.from()));

    Path file = write(answer.array());
    assertThat(ffmpeg.run("-v", "error", "-xerror", "-i", file.toString(), "-f", "null", "-"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h264_aac",
        "flv1_mp3",
        "flv1_speex",
        "flashsv_pcm_s16le",
        "audio_only_aac",
        "video_only_h264"
      })
  void flvmeta_finds_no_error_in_what_we_write(String name) throws IOException {
    Program flvmeta = Program.installed("flvmeta", "--version");
    byte[] original = Media.bytes("good/" + name);

    byte[] indexed = Streams.indexed(original, FlvIndexer.strict(FlvLimits.defaults()));
    byte[] sound = Streams.through(original, FlvSteps.audioOnly());
    byte[] pictures = Streams.through(original, FlvSteps.videoOnly());

    for (byte[] output : List.of(indexed, sound, pictures)) {
      if (Feed.whole(output).tags.stream().anyMatch(FlvTag::isCodedMedia)) {
        assertThat(flvmeta.run("-C", write(output).toString())).contains("0 error(s)");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage_html", "lost_bytes", "prevsize_zero", "ts_reset_zero"})
  void flvmeta_finds_no_error_in_repaired_files(String name) throws IOException {
    Program flvmeta = Program.installed("flvmeta", "--version");
    FlvIndexer repairing = FlvIndexer.repairing(FlvLimits.defaults());

    byte[] repaired = Streams.indexed(Media.bytes("damaged/" + name), repairing);

    assertThat(flvmeta.run("-C", write(repaired).toString())).contains("0 error(s)");
  }

  private void assertNoNewErrors(Program ffprobe, String name) throws IOException {
    byte[] original = Media.bytes(name);

    for (FlvStep step : List.of(FlvSteps.audioOnly(), FlvSteps.videoOnly())) {
      byte[] filtered = Streams.through(original, step);
      if (Feed.whole(filtered).tags.stream().anyMatch(FlvTag::isCodedMedia)) {
        assertNoNewErrors(ffprobe, original, filtered);
      }
    }
    byte[] indexed = Streams.indexed(original, FlvIndexer.strict(FlvLimits.defaults()));
    assertNoNewErrors(ffprobe, original, indexed);
  }

  /** What ffprobe says of our output it says of the original, or nothing at all. */
  private void assertNoNewErrors(Program ffprobe, byte[] original, byte[] output)
      throws IOException {
    List<String> errors = complaints(ffprobe, output);
    if (!errors.isEmpty()) {
      assertThat(errors).isSubsetOf(complaints(ffprobe, original));
    }
  }

  /** The lines of ffprobe while it counts packets, without addresses of its memory. */
  private List<String> complaints(Program ffprobe, byte[] stream) throws IOException {
    String file = write(stream).toString();
    String output =
        ffprobe.run(
            "-v", "error", "-count_packets", "-show_entries", "stream=index", "-of", "csv", file);
    return output
        .lines()
        .filter(line -> !line.startsWith("stream,"))
        .map(line -> line.replaceAll(" @ 0x[0-9a-f]+", ""))
        .distinct()
        .toList();
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("out.flv"), bytes);
  }
}
