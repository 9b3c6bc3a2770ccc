package io.flvkit.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another program that reads FLV, as an oracle. Where it is missing, tests that need it are skipped
 * with a line that names it, or fail if FLVKIT_REQUIRE_ALL is 1.
 */
final class Program {
  private static final Path MODERN =
      Path.of("target/ffmpeg/org/bytedeco/ffmpeg/linux-x86_64-gpl").toAbsolutePath();

  private final String name;
  private final String path;
  private final boolean bundled;

  private Program(String name, String path, boolean bundled) {
    this.name = name;
    this.path = path;
    this.bundled = bundled;
  }

  /** ffprobe or ffmpeg as unpacked by the build. */
  static Program modern(String tool) {
    Path file = MODERN.resolve(tool);
    if (Files.exists(file) && !file.toFile().setExecutable(true)) {
      throw new IllegalStateException(file + " cannot be made executable");
    }
    return new Program("ffmpeg 8 (" + tool + ")", file.toString(), true).required("-version");
  }

  /** A program of the system. */
  static Program installed(String tool, String versionOption) {
    return new Program(tool, tool, false).required(versionOption);
  }

  private Program required(String versionOption) {
    boolean starts;
    try {
      starts = !run(versionOption).isEmpty();
    } catch (UncheckedIOException e) {
      starts = false;
    }
    if ("1".equals(System.getenv("FLVKIT_REQUIRE_ALL"))) {
      assertThat(starts).as(name + " starts").isTrue();
    }
    assumeTrue(starts, () -> name + " does not start here: skipped");
    return this;
  }

  /** Runs it and gives its output, standard error included. */
  String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(path));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    if (bundled) {
      builder.environment().put("LD_LIBRARY_PATH", MODERN.toString());
    }
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(name + " does not end");
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
