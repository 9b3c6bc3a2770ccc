package io.flvkit.edge.vod;

import static org.assertj.core.api.Assertions.assertThat;

import io.flvkit.token.CanonicalPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path dir;
  private Path media;
  private Folder folder;

  @BeforeEach
  void fill() throws IOException {
    media = Files.createDirectories(dir.resolve("media"));
    Files.createDirectories(media.resolve("sub"));
    Files.createDirectories(media.resolve(".git"));
    write(media.resolve("a.flv"), "aaa");
    write(media.resolve("sub/b.flv"), "bb");
    write(media.resolve("sub/.b.flv.tmp"), "x");
    write(media.resolve(".git/config"), "x");
    write(dir.resolve("secret.flv"), "secret");
    folder = new Folder(media);
  }

  @Test
  void finds_regular_files() {
    assertThat(find("/a.flv").lengthBytes()).isEqualTo(3);
    assertThat(find("/sub/b.flv").lengthBytes()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/sub",
        "/sub/",
        "/a.flv/",
        "/a.flv/b",
        "/none.flv",
        "/none/a.flv",
        "/.git/config",
        "/sub/.b.flv.tmp"
      })
  void finds_neither_folders_nor_hidden_nor_missing_files(String path) {
    assertThat(find(path)).isNull();
  }

  @Test
  void a_name_too_long_for_the_disk_is_not_found() {
    assertThat(find("/" + "x".repeat(5000))).isNull();
  }

  @Nested
  class Symbolic_links {
    @Test
    void within_the_folder_are_followed() throws IOException {
      Files.createSymbolicLink(media.resolve("link.flv"), Path.of("sub/b.flv"));

      assertThat(find("/link.flv").lengthBytes()).isEqualTo(2);
    }

    @Test
    void out_of_the_folder_are_not() throws IOException {
      Files.createSymbolicLink(media.resolve("link.flv"), dir.resolve("secret.flv"));
      Files.createSymbolicLink(media.resolve("up"), dir);

      assertThat(find("/link.flv")).isNull();
      assertThat(find("/up/secret.flv")).isNull();
    }

    @Test
    void to_a_folder_whose_name_begins_alike_are_not() throws IOException {
      Path sibling = Files.createDirectories(dir.resolve("media-private"));
      write(sibling.resolve("a.flv"), "private");
      Files.createSymbolicLink(media.resolve("link.flv"), sibling.resolve("a.flv"));

      assertThat(find("/link.flv")).isNull();
    }

    @Test
    void that_lead_nowhere_or_in_circles_are_not_found() throws IOException {
      Files.createSymbolicLink(media.resolve("nowhere.flv"), Path.of("none.flv"));
      Files.createSymbolicLink(media.resolve("circle.flv"), Path.of("circle.flv"));

      assertThat(find("/nowhere.flv")).isNull();
      assertThat(find("/circle.flv")).isNull();
    }

    @Test
    void may_lead_to_the_folder_itself() throws IOException {
      Path current = Files.createSymbolicLink(dir.resolve("current"), media);

      assertThat(new Folder(current).find(CanonicalPath.parse("/a.flv"))).isNotNull();
    }
  }

  @Nested
  class A_version {
    @Test
    void keeps_its_tag_as_long_as_the_file_is_the_same() {
      assertThat(find("/a.flv")).isEqualTo(find("/a.flv"));
      assertThat(tag()).isEqualTo(tag());
      assertThat(tag()).matches("\"[0-9a-zA-Z-]+\"");
    }

    @Test
    void has_another_tag_when_time_or_size_or_file_change() throws IOException {
      FileTime time = Files.getLastModifiedTime(media.resolve("a.flv"));
      String original = tag();

      Files.setLastModifiedTime(
          media.resolve("a.flv"), FileTime.from(time.toInstant().plusNanos(1)));
      String touched = tag();
      write(media.resolve("a.flv"), "aaaa");
      Files.setLastModifiedTime(media.resolve("a.flv"), time);
      String longer = tag();
      write(media.resolve("new"), "bbb");
      Files.setLastModifiedTime(media.resolve("new"), time);
      Files.move(media.resolve("new"), media.resolve("a.flv"), StandardCopyOption.REPLACE_EXISTING);
      String exchanged = tag();

      assertThat(new String[] {original, touched, longer, exchanged}).doesNotHaveDuplicates();
    }

    @Test
    void from_the_future_is_shown_as_of_now() throws IOException {
      Files.setLastModifiedTime(media.resolve("a.flv"), FileTime.from(NOW.plusSeconds(1000)));

      assertThat(find("/a.flv").representation(NOW).lastModified()).isEqualTo(NOW);
    }

    @Test
    void is_opened_only_while_it_is_there() throws IOException {
      FileState state = find("/a.flv");
      try (FileChannel channel = Folder.open(state)) {
        assertThat(channel).isNotNull();
      }

      write(media.resolve("new"), "bbb");
      Files.move(media.resolve("new"), media.resolve("a.flv"), StandardCopyOption.REPLACE_EXISTING);
      assertThat(Folder.open(state)).isNull();

      Files.delete(media.resolve("a.flv"));
      assertThat(Folder.open(state)).isNull();
    }

    @Test
    void is_not_opened_through_a_link_that_took_its_place() throws IOException {
      FileState state = find("/a.flv");
      Files.delete(media.resolve("a.flv"));
      Files.createSymbolicLink(media.resolve("a.flv"), dir.resolve("secret.flv"));

      assertThat(openOrRefused(state)).isTrue();
    }
  }

  private static boolean openOrRefused(FileState state) throws IOException {
    try (FileChannel channel = Folder.open(state)) {
      return channel == null;
    } catch (FolderException refused) {
      return true;
    }
  }

  private FileState find(String path) {
    return folder.find(CanonicalPath.parse(path));
  }

  private String tag() {
    return find("/a.flv").representation(NOW).etag().toString();
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }
}
