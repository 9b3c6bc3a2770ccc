package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeks that remember those before them. */
class SeekMemoryTest {
  private static final int SEEKS = 60;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "good/h264_aac",
        "good/h264_aac_index",
        "good/audio_only_aac",
        "good/flv1_mp3",
        "synth/live_offset_ts",
        "synth/seqheader_change_res",
        "synth/header_only"
      })
  void a_seek_finds_the_same_whatever_was_sought_before(String name) throws IOException {
    ByteSource source = ByteSource.of(ByteBuffer.wrap(Media.bytes(name)));
    FlvLimits limits = FlvLimits.defaults();
    SeekMemory memory = new SeekMemory(4000);
    Random random = new Random(1);

    for (int i = 0; i < SEEKS; i++) {
      long millis = random.nextInt(25_000) + (name.contains("offset") ? 1_234_560_000L : 0);
      long position = random.nextLong(source.bytes() + 100);

      assertSame(
          SeekPlan.byTime(source, millis, limits, memory), SeekPlan.byTime(source, millis, limits));
      assertSame(
          SeekPlan.byPosition(source, position, limits, memory),
          SeekPlan.byPosition(source, position, limits));
    }
  }

  @Test
  void the_second_seek_in_a_gigabyte_reads_two_megabytes_at_most() throws IOException {
    Counted file = new Counted(new HugeFile(350_000, 3_000));
    SeekMemory memory = new SeekMemory();
    seek(file, 13_000_000, memory);
    file.read = 0;

    SeekPlan plan = seek(file, 12_999_990, memory);

    assertThat(plan.timestampMillis()).isEqualTo(12_999_960);
    assertThat(file.read).isLessThan(2 << 20);
  }

  @Test
  void a_memory_does_not_grow_without_end() throws IOException {
    SeekMemory memory = new SeekMemory(1);
    seek(new HugeFile(50_000, 10), 1_900_000, memory);

    assertThat(memory.marks()).isBetween(SeekMemory.MARKS_MAX / 2, SeekMemory.MARKS_MAX);
    assertThat(seek(new HugeFile(50_000, 10), 1_000_010, memory).timestampMillis())
        .isEqualTo(1_000_000);
  }

  private static SeekPlan seek(ByteSource file, long millis, SeekMemory memory) throws IOException {
    return SeekPlan.byTime(file, millis, FlvLimits.defaults(), memory).orElseThrow();
  }

  private static void assertSame(Optional<SeekPlan> actual, Optional<SeekPlan> expected) {
    assertThat(actual.isPresent()).isEqualTo(expected.isPresent());
    if (actual.isPresent()) {
      assertThat(actual.get().prelude()).isEqualTo(expected.orElseThrow().prelude());
      assertThat(actual.get().from()).isEqualTo(expected.get().from());
      assertThat(actual.get().to()).isEqualTo(expected.get().to());
    }
  }

  /** Counts what is read beyond the beginning. */
  private static final class Counted implements ByteSource {
    private final ByteSource file;
    private long read;

    Counted(ByteSource file) {
      this.file = file;
    }

    @Override
    public long bytes() throws IOException {
      return file.bytes();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      int count = file.read(position, target);
      read += Math.max(0, count);
      return count;
    }
  }
}
