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
  private final BufferedReader err;

  private Spawned(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.err = process.errorReader(StandardCharsets.UTF_8);
  }

  static Spawned of(String... args) throws IOException {
    return new Spawned(new ProcessBuilder(command(args)).start());
  }

  /** A process that may open so many files; needs a shell with ulimit. */
  static Spawned withOpenFiles(int most, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -n " + most + "; exec \"$@\"", "sh"));
    command.addAll(command(args));
    return new Spawned(new ProcessBuilder(command).start());
  }

  private static List<String> command(String... args) {
    String classPath = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("surefire.test.class.path", classPath));
    command.add(FlvKit.class.getName());
    command.addAll(List.of(args));
    return command;
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

  /** The next line on standard error that holds these words. */
  String errorLineWith(String words) throws IOException {
    String line;
    do {
      line = err.readLine();
      if (line == null) {
        throw new IOException("ended without: " + words);
      }
    } while (!line.contains(words));
    return line;
  }

  /** Sends SIGHUP. */
  void hangUp() throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    int status = new ProcessBuilder("kill", "-HUP", pid).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("kill ended with status " + status);
    }
  }

  /** Sends SIGTERM and returns the exit status. */
  int terminate() throws InterruptedException {
    askToStop();
    return exitStatus();
  }

  /** Sends SIGTERM. */
  void askToStop() {
    process.destroy();
  }

  /** Waits for the end. */
  int exitStatus() throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running after SIGTERM");
    }
    return process.exitValue();
  }

  /** Sends SIGTERM until it has ended: the second one is for somebody who will not wait. */
  int terminateTwice() throws InterruptedException {
    process.destroy();
    for (int round = 0; round < 20 && !process.waitFor(1, TimeUnit.SECONDS); round++) {
      process.destroy();
    }
    return terminate();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      out.close();
      err.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
