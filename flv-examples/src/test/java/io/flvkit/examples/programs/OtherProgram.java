package io.flvkit.examples.programs;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of somebody else, run as a user would run it. */
final class OtherProgram implements AutoCloseable {
  private final Process process;
  private final Path output;

  private OtherProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Skips the test if the program is not installed; fails it where everything is required. */
  static String require(String name) {
    boolean found =
        Stream.concat(
                Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if (!found) {
      missing(name + " is not installed");
    }
    return name.equals("nginx") ? "/usr/sbin/nginx" : name;
  }

  static void missing(String why) {
    if ("1".equals(System.getenv("FLVKIT_REQUIRE_ALL"))) {
      fail(why + ", and everything is required");
    }
    abort("skipped: " + why);
  }

  static OtherProgram start(String... command) throws IOException {
    Path output = Files.createTempFile("program", ".out");
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    return new OtherProgram(process, output);
  }

  /** Runs to the end, at most a minute. */
  static Result run(String... command) throws IOException, InterruptedException {
    try (OtherProgram program = start(command)) {
      if (!program.process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException(command[0] + " runs on: " + program.said());
      }
      return new Result(program.process.exitValue(), program.said());
    }
  }

  /** What it printed so far. */
  String said() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.deleteIfExists(output);
  }

  /** The end of a program. */
  record Result(int status, String said) {}
}
