package io.flvkit.examples.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/** Programs that a machine may have or not. */
final class Programs {
  private Programs() {}

  /**
   * The first of {@code names} on the PATH. A test without it is skipped with a line that names it,
   * or fails where everything is required.
   */
  static Path require(String... names) {
    return Arrays.stream(names)
        .flatMap(name -> find(name).stream())
        .findFirst()
        .orElseThrow(() -> missing(names[0] + " is not installed"));
  }

  /** To be thrown: the test is skipped, or fails where everything is required. */
  static RuntimeException missing(String what) {
    if ("1".equals(System.getenv("FLVKIT_REQUIRE_ALL"))) {
      throw new AssertionError(what + ", and FLVKIT_REQUIRE_ALL is set");
    }
    return new TestAbortedException(what + ": skipped");
  }

  private static Optional<Path> find(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
