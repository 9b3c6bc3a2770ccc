package io.flvkit.examples.cli;

import io.flvkit.examples.FlvKit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command as a process of its own, for what only a process has: signals and an exit status. */
final class Spawned implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private Spawned(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  static Spawned of(String... args) throws IOException {
    String classPath = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("surefire.test.class.path", classPath));
    command.add(FlvKit.class.getName());
    command.addAll(List.of(args));
    return new Spawned(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The lines up to the one that says it is ready, that one included. */
  List<String> linesUntilReady() throws IOException {
    List<String> lines = new ArrayList<>();
    String line;
    do {
      line = out.readLine();
      if (line == null) {
        throw new IOException("ended after " + lines);
      }
      lines.add(line);
    } while (!line.startsWith("ready"));
    return lines;
  }

  /** The port of the first line that begins so. */
  static int port(List<String> lines, String start) {
    String line = lines.stream().filter(it -> it.startsWith(start)).findFirst().orElseThrow();
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  /** Sends SIGTERM and returns the exit status. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running after SIGTERM");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
