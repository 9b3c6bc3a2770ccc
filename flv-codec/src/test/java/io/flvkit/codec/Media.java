package io.flvkit.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The media corpus of the tests. */
final class Media {
  private static final Path ROOT = root();

  private Media() {}

  /** Names like "good/h264_aac" of all files that are legal FLV. */
  static Stream<String> intact() {
    return Stream.concat(names("good"), names("synth"));
  }

  /** Names like "damaged/lost_bytes". */
  static Stream<String> damaged() {
    return names("damaged");
  }

  static Stream<String> names(String folder) {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(".flv"))
          .map(file -> folder + "/" + file.replace(".flv", ""))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path path(String name) {
    return ROOT.resolve(name + ".flv");
  }

  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of truth/NAME.KIND.csv.gz. */
  static List<String> truth(String name, String kind) {
    String file = name.substring(name.indexOf('/') + 1) + "." + kind + ".csv.gz";
    try (InputStream in = new GZIPInputStream(Files.newInputStream(ROOT.resolve("truth/" + file)));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    try {
      return Path.of(Objects.requireNonNull(Media.class.getResource("/media")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
