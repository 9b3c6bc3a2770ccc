package io.flvkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvReader;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.FlvWriter;
import io.flvkit.codec.TagType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the codec do what they say. */
class CodecExamplesTest {
  @TempDir Path folder;
  private Path clip;

  @BeforeEach
  void make_a_clip() throws IOException {
    ByteBuffer out = ByteBuffer.allocate(500);
    FlvWriter.putHeader(out, new FlvHeader(true, true));
    FlvWriter.putTag(out, TagType.VIDEO, 0, ByteBuffer.wrap(new byte[] {0x22, 1}));
    FlvWriter.putTag(out, TagType.VIDEO, 40, ByteBuffer.wrap(new byte[] {0x12, 1}));
    FlvWriter.putTag(out, TagType.AUDIO, 40, ByteBuffer.wrap(new byte[] {0x2F, 2}));
    FlvWriter.putTag(out, TagType.VIDEO, 80, ByteBuffer.wrap(new byte[] {0x22, 3}));
    clip = Files.write(folder.resolve("clip.flv"), Arrays.copyOf(out.array(), out.position()));
  }

  @Test
  void tags_are_dumped_one_per_line() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();

    DumpTags.dump(clip, new PrintStream(text, true, StandardCharsets.UTF_8));

    assertThat(text.toString(StandardCharsets.UTF_8).lines())
        .hasSize(5)
        .anyMatch(line -> line.contains("flv1") && line.endsWith("KEY"));
  }

  @Test
  void only_the_sound_is_left() throws IOException {
    Path out = folder.resolve("sound.flv");

    FilterAudio.filter(clip, out);

    assertThat(tags(Files.readAllBytes(out))).hasSize(1).allMatch(FlvTag::isAudio);
  }

  @Test
  void a_file_gets_an_index() throws IOException {
    Path out = folder.resolve("indexed.flv");

    IndexFile.index(clip, out);

    assertThat(tags(Files.readAllBytes(out)).get(0).isScript()).isTrue();
  }

  @Test
  void timestamps_are_moved() throws IOException {
    byte[] moved = RewriteTimestamps.rewrite(Files.readAllBytes(clip), 1000);

    assertThat(tags(moved))
        .extracting(FlvTag::timestampMillis)
        .containsExactly(1000L, 1040L, 1040L, 1080L);
  }

  private static List<FlvTag> tags(byte[] stream) {
    return FlvReader.of(new ByteArrayInputStream(stream), FlvLimits.defaults()).stream().toList();
  }
}
