package io.flvkit.bench.macro;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the system that are used where they are found. */
final class Tools {
  /** A session of its own with the highest priority among sessions, if the system allows that. */
  private static final String OWN_SESSION =
      "{ echo -20 > /proc/self/autogroup; } 2>/dev/null; exec \"$@\"";

  private Tools() {}

  static boolean has(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  static boolean canPin() {
    return has("taskset") && Runtime.getRuntime().availableProcessors() > 1;
  }

  /** The command that runs {@code command} on one core; where it cannot be pinned, on any. */
  static List<String> onCore(int core, List<String> command) {
    List<String> whole = new ArrayList<>();
    if (has("setsid")) {
      whole.addAll(List.of("setsid", "sh", "-c", OWN_SESSION, "sh"));
    }
    if (canPin()) {
      whole.addAll(List.of("taskset", "-c", "" + core));
    }
    whole.addAll(command);
    return whole;
  }

  /** The JVM that this runs in. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
