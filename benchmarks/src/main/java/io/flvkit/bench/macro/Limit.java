package io.flvkit.bench.macro;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The limit program, compiled where the system has a C compiler. */
final class Limit {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int COMPILE_SECONDS_MAX = 60;

  /** Send buffers of one size for edge and limit; more only hides who does not read. */
  private static final int SEND_BUFFER_BYTES = 256 << 10;

  private final Path program;

  private Limit(Path program) {
    this.program = program;
  }

  /** The program, unless there is no compiler or it fails, which is said. */
  static Optional<Limit> compile(Path folder) throws IOException, InterruptedException {
    if (!Tools.has("cc")) {
      System.out.println("No C compiler (cc): no limit program, figures of the edge only.");
      return Optional.empty();
    }
    Path source = folder.resolve("limit.c");
    try (InputStream in = Limit.class.getResourceAsStream("/limit.c")) {
      if (in == null) {
        throw new MacroException("limit.c is not in the jar");
      }
      Files.copy(in, source);
    }
    Path program = folder.resolve("limit");
    Process compiler =
        new ProcessBuilder("cc", "-O2", "-o", program.toString(), source.toString())
            .inheritIO()
            .start();
    boolean ended = compiler.waitFor(COMPILE_SECONDS_MAX, TimeUnit.SECONDS);
    if (!ended || compiler.exitValue() != 0) {
      compiler.destroyForcibly();
      System.out.println("limit.c does not compile here: figures of the edge only.");
      return Optional.empty();
    }
    return Optional.of(new Limit(program));
  }

  Server start(Children children, Row row) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(row.shape().limitArguments());
    command.addAll(
        List.of("--merge-ms", "" + row.limitMergeMillis(), "--sndbuf", "" + SEND_BUFFER_BYTES));
    Child child = children.start("limit", Rig.SERVER_CORE, command);
    String line = child.await("listen ", PATIENCE);
    return new Server(child, Integer.parseInt(line.substring("listen ".length())));
  }
}
