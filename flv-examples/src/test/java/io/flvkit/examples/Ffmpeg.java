package io.flvkit.examples;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The modern ffmpeg that the build has unpacked for tests. */
public final class Ffmpeg implements AutoCloseable {
  private static final Path FOLDER =
      Path.of("target/ffmpeg/org/bytedeco/ffmpeg/linux-x86_64-gpl").toAbsolutePath();

  private final Process process;
  private final Path log;

  private Ffmpeg(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Skips the test if ffmpeg does not start here; fails it where everything is required. */
  public static void require() throws IOException, InterruptedException {
    String reason;
    try (Ffmpeg ffmpeg = start("-version")) {
      int status = ffmpeg.exitStatus();
      if (status == 0) {
        return;
      }
      reason = "status " + status + ": " + ffmpeg.messages();
    } catch (IOException e) {
      reason = e.getMessage();
    }
    if ("1".equals(System.getenv("FLVKIT_REQUIRE_ALL"))) {
      fail("ffmpeg is required and does not start: " + reason);
    }
    abort("skipped: ffmpeg does not start: " + reason);
  }

  /** Starts ffmpeg with these arguments. It never reads standard input. */
  public static Ffmpeg start(String... arguments) throws IOException {
    Path program = FOLDER.resolve("ffmpeg");
    if (Files.exists(program) && !program.toFile().setExecutable(true)) {
      throw new IOException(program + " cannot be made executable");
    }
    Path log = Files.createTempFile("ffmpeg", ".log");
    List<String> command = new ArrayList<>();
    Stream.of(program.toString(), "-nostdin", "-hide_banner").forEach(command::add);
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("LD_LIBRARY_PATH", FOLDER.toString());
    return new Ffmpeg(builder.start(), log);
  }

  /** Waits for the end, at most a minute. */
  public int exitStatus() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("ffmpeg runs on");
    }
    return process.exitValue();
  }

  /** All that it printed. */
  public String messages() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(log);
  }
}
