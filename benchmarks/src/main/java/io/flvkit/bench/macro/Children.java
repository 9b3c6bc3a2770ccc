package io.flvkit.bench.macro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Starts processes and sees to it that none outlives the command, interrupted or not. */
final class Children {
  private final List<Child> all = new CopyOnWriteArrayList<>();
  private final Path folder;

  /** Keeps what processes print as errors in {@code folder}, which goes with them. */
  Children(Path folder) {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end children"));
  }

  Path folder() {
    return folder;
  }

  Child start(String name, int core, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(Tools.onCore(core, command))
            .redirectError(ProcessBuilder.Redirect.appendTo(log(name).toFile()))
            .start();
    Child child = new Child(name, process, log(name));
    all.add(child);
    return child;
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private void end() {
    all.forEach(Child::kill);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("left behind: " + e.getMessage());
    }
  }
}
