package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write opens without an error line in programs that are not ours. */
class OtherProgramsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h264_aac",
        "hevc_aac",
        "av1_opus",
        "vp9_aac",
        "h264_flac",
        "h264_eac3_51",
        "flv1_mp3",
        "multitrack_3v_h264",
        "flashsv_pcm_s16le"
      })
  void modern_ffmpeg_reads_filtered_and_indexed_files(String name) throws IOException {
    byte[] bytes = Media.bytes("good/" + name);
    Program ffprobe = Program.modern("ffprobe");

    assertCleanly(ffprobe, Streams.through(bytes, FlvSteps.audioOnly()), "audio");
    assertCleanly(ffprobe, Streams.through(bytes, FlvSteps.videoOnly()), "video");
    assertCleanly(ffprobe, Streams.through(bytes, FlvSteps.track(0, 0)), "video");
    byte[] indexed = Streams.indexed(bytes, FlvIndexer.strict(FlvLimits.defaults()));
    assertCleanly(ffprobe, indexed, "video");
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
  @ValueSource(strings = {"h264_aac", "flv1_mp3", "flashsv_pcm_s16le", "audio_only_aac"})
  void flvmeta_finds_no_error_in_indexed_files(String name) throws IOException {
    Program flvmeta = Program.installed("flvmeta", "--version");

    byte[] indexed =
        Streams.indexed(Media.bytes("good/" + name), FlvIndexer.strict(FlvLimits.defaults()));

    String report = flvmeta.run("-C", write(indexed).toString());
    assertThat(report).contains("0 error(s)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h264_aac", "flv1_mp3", "flashsv_pcm_s16le"})
  void the_ffmpeg_of_the_distribution_reads_legacy_files(String name) throws IOException {
    Program ffprobe = Program.installed("ffprobe", "-version");
    byte[] bytes = Media.bytes("good/" + name);

    assertCleanly(ffprobe, Streams.through(bytes, FlvSteps.audioOnly()), "audio");
    assertCleanly(
        ffprobe, Streams.indexed(bytes, FlvIndexer.strict(FlvLimits.defaults())), "video");
  }

  private void assertCleanly(Program ffprobe, byte[] stream, String kind) throws IOException {
    String output =
        ffprobe.run(
            "-v",
            "error",
            "-show_entries",
            "stream=codec_type",
            "-of",
            "csv=p=0",
            write(stream).toString());
    assertThat(output.lines())
        .contains(kind)
        .allMatch(line -> line.matches("audio|video|data|subtitle"));
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("out.flv"), bytes);
  }
}
