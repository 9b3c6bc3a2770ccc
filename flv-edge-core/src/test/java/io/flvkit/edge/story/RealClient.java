package io.flvkit.edge.story;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Clients that others wrote, run as a user would run them. */
final class RealClient {
  private RealClient() {}

  /** What a client said on its output, in a file, and how it ended. */
  record Result(int status, Path output) {
    byte[] bytes() throws IOException {
      return Files.readAllBytes(output);
    }
  }

  /** Runs it to its end, at most 30 s, or skips the test with a line that names it. */
  static Result run(Path folder, String program, String... arguments)
      throws IOException, InterruptedException {
    boolean found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    if (!found && "1".equals(System.getenv("FLVKIT_REQUIRE_ALL"))) {
      throw new AssertionError(program + " is required and not installed");
    }
    if (!found) {
      System.out.println("skipped: " + program + " is not installed");
    }
    Assumptions.assumeTrue(found, program + " is not installed");
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, program, ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(Files.createTempFile(folder, program, ".err").toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError(command + " runs on");
      }
      return new Result(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
