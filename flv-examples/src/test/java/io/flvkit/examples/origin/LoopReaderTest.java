package io.flvkit.examples.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flvkit.examples.FlvKitException;
import io.flvkit.examples.Media;
import io.flvkit.examples.origin.MediaTag.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopReaderTest {
  private static final int MEDIA_TAGS_OF_A_PASS = 690;

  @Test
  void goes_on_in_time_when_it_begins_again() {
    List<MediaTag> tags = mediaTags(Media.loop(), 3 * MEDIA_TAGS_OF_A_PASS);

    List<Long> video =
        tags.stream().filter(MediaTag::isVideo).map(MediaTag::timestampMillis).toList();
    List<Long> audio =
        tags.stream().filter(MediaTag::isAudio).map(MediaTag::timestampMillis).toList();
    assertThat(Set.copyOf(steps(video))).containsExactly(40L);
    assertThat(Set.copyOf(steps(audio))).isSubsetOf(19L, 20L, 21L, 22L, 23L, 24L, 25L);
  }

  @Test
  void says_when_the_next_tag_is_due() {
    try (LoopReader reader = LoopReader.open(Media.loop())) {
      for (int count = 0; count < 2 * MEDIA_TAGS_OF_A_PASS; count++) {
        long dueMillis = reader.dueMillis();

        assertThat(reader.next().timestampMillis()).isEqualTo(dueMillis);
      }
    }
  }

  @Test
  void repeats_neither_metadata_nor_configuration() {
    List<MediaTag> other = new ArrayList<>();
    try (LoopReader reader = LoopReader.open(Media.loop())) {
      for (int count = 0; count < 3 * MEDIA_TAGS_OF_A_PASS; count++) {
        MediaTag tag = reader.next();
        if (!tag.isMedia()) {
          other.add(tag);
        }
      }
    }

    assertThat(other)
        .extracting(MediaTag::kind)
        .containsExactly(Kind.METADATA, Kind.CONFIGURATION, Kind.CONFIGURATION);
  }

  @Test
  void refuses_a_file_without_audio_and_video(@TempDir Path folder) throws Exception {
    Path empty = Files.write(folder.resolve("a.flv"), new byte[] {'F', 'L', 'V', 1, 0, 0, 0, 0, 9});

    assertThatThrownBy(() -> LoopReader.open(empty))
        .isInstanceOf(FlvKitException.class)
        .hasMessageContaining("a.flv: holds no audio and no video");
  }

  @Test
  void stops_with_a_reason_when_the_file_is_emptied(@TempDir Path folder) throws Exception {
    Path file = Files.copy(Media.file("audio_only_aac.flv"), folder.resolve("a.flv"));
    try (LoopReader reader = LoopReader.open(file)) {
      Files.write(file, new byte[0]);

      assertThatThrownBy(reader::next)
          .isInstanceOf(FlvKitException.class)
          .hasMessageContaining("has been emptied");
    }
  }

  private static List<MediaTag> mediaTags(Path file, int count) {
    List<MediaTag> tags = new ArrayList<>();
    try (LoopReader reader = LoopReader.open(file)) {
      while (tags.size() < count) {
        MediaTag tag = reader.next();
        if (tag.isMedia()) {
          tags.add(tag);
        }
      }
    }
    return tags;
  }

  private static List<Long> steps(List<Long> times) {
    List<Long> steps = new ArrayList<>();
    for (int index = 1; index < times.size(); index++) {
      steps.add(times.get(index) - times.get(index - 1));
    }
    return steps;
  }
}
