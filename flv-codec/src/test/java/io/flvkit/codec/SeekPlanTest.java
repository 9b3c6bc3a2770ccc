package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeekPlanTest {
  @ParameterizedTest
  @CsvSource({
    "good/h264_aac,0,0",
    "good/h264_aac,1999,0",
    "good/h264_aac,2000,2000",
    "good/h264_aac,7500,6000",
    "good/h264_aac,20072,18000",
    "good/h264_aac_index,7500,6000",
    "good/h264_aac_index,12061,10000",
    "good/audio_only_aac,5000,4992",
    "good/flv1_mp3,2500,2050",
    "good/hevc_aac,3000,1960",
    "synth/live_offset_ts,1234569000,1234568911",
    "synth/seqheader_change_res,4500,4000",
  })
  void a_time_leads_to_the_key_frame_before_it(String name, long millis, long expected)
      throws IOException {
    byte[] bytes = Media.bytes(name);

    SeekPlan plan = byTime(bytes, millis).orElseThrow();

    assertThat(plan.timestampMillis()).isEqualTo(expected);
    assertPlayable(bytes, plan);
  }

  @Test
  void indexed_and_plain_files_give_the_same_plan() throws IOException {
    byte[] plain = Media.bytes("good/h264_aac");
    byte[] indexed = Streams.indexed(plain, FlvIndexer.strict(FlvLimits.defaults()));

    for (long millis = 0; millis <= 20_072; millis += 333) {
      SeekPlan byIndex = byTime(indexed, millis).orElseThrow();
      SeekPlan byScan = byTime(plain, millis).orElseThrow();
      assertThat(byIndex.timestampMillis()).isEqualTo(byScan.timestampMillis());
      assertThat(byIndex.to() - byIndex.from()).isEqualTo(byScan.to() - byScan.from());
    }
  }

  @Test
  void a_byte_leads_to_the_key_frame_before_it() throws IOException {
    byte[] bytes = Media.bytes("good/h264_aac_index");
    KeyframeIndex index =
        KeyframeIndex.of(FlvInspectorTest.inspect(bytes).metadata().orElseThrow()).orElseThrow();
    long third = index.entries().get(2).position();

    assertThat(byPosition(bytes, third).orElseThrow().from()).isEqualTo(third);
    assertThat(byPosition(bytes, third + 1000).orElseThrow().from()).isEqualTo(third);
    assertThat(byPosition(bytes, third - 1).orElseThrow().from())
        .isEqualTo(index.entries().get(1).position());
    assertThat(byPosition(bytes, bytes.length - 1).orElseThrow().from())
        .isEqualTo(index.entries().get(5).position());
  }

  @Test
  void past_the_end_there_is_no_plan() throws IOException {
    for (String name : new String[] {"good/h264_aac", "good/h264_aac_index"}) {
      byte[] bytes = Media.bytes(name);

      assertThat(byTime(bytes, 60_000)).isEmpty();
      assertThat(byPosition(bytes, bytes.length)).isEmpty();
    }
    assertThat(byTime(Media.bytes("synth/header_only"), 0)).isEmpty();
  }

  @Test
  void an_index_that_lies_is_not_believed() throws IOException {
    byte[] bytes = Media.bytes("good/h264_aac_index").clone();
    FlvTag metadata = Feed.whole(bytes).tags.get(0);
    ByteBuffer.wrap(bytes).put(13 + metadata.bodyBytes() + 11 - 100, new byte[40]);

    SeekPlan plan = byTime(bytes, 7500).orElseThrow();

    assertThat(plan.timestampMillis()).isEqualTo(6000);
  }

  @Test
  void the_configuration_that_is_valid_at_the_key_frame_is_sent() throws IOException {
    byte[] plain = Media.bytes("synth/seqheader_change_res");
    byte[] indexed = Streams.indexed(plain, FlvIndexer.strict(FlvLimits.defaults()));
    byte[] foreign = renamed(indexed, "configurations", "somebody-else-");

    for (byte[] bytes : new byte[][] {plain, indexed, foreign}) {
      FlvReport report = FlvInspectorTest.inspect(answer(bytes, byTime(bytes, 2500).orElseThrow()));
      assertThat(report.codecs().stream().filter(FlvReport.Codec::isVideo).findFirst())
          .hasValueSatisfying(
              codec -> assertThat(codec.config().orElseThrow().toString()).contains("width=320"));
    }
  }

  private static byte[] renamed(byte[] stream, String name, String same) {
    String text = new String(stream, StandardCharsets.ISO_8859_1);
    return text.replaceFirst(name, same).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void assertPlayable(byte[] bytes, SeekPlan plan) {
    byte[] answer = answer(bytes, plan);
    FlvReport report = FlvInspectorTest.inspect(answer);

    assertThat(answer).hasSize((int) plan.bytes());
    assertThat(report.hasErrors()).isFalse();
    assertThat(report.problems()).noneMatch(p -> p.kind() == FlvProblem.Kind.FIRST_FRAME);
    report
        .metadata()
        .ifPresent(
            metadata -> {
              assertThat(metadata.get("keyframes")).isEmpty();
              assertThat(metadata.get("filesize")).isEmpty();
            });
  }

  private static byte[] answer(byte[] bytes, SeekPlan plan) {
    ByteBuffer out = ByteBuffer.allocate((int) plan.bytes());
    out.put(plan.prelude());
    out.put(bytes, (int) plan.from(), (int) (plan.to() - plan.from()));
    return out.array();
  }

  private static Optional<SeekPlan> byTime(byte[] bytes, long millis) throws IOException {
    return SeekPlan.byTime(ByteSource.of(ByteBuffer.wrap(bytes)), millis, FlvLimits.defaults());
  }

  private static Optional<SeekPlan> byPosition(byte[] bytes, long position) throws IOException {
    return SeekPlan.byPosition(
        ByteSource.of(ByteBuffer.wrap(bytes)), position, FlvLimits.defaults());
  }
}
