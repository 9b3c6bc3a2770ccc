package io.flvkit.bench.macro;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process of the benchmark: its lines out, lines into it, and its end. */
final class Child implements AutoCloseable {
  private static final String END = "\0";
  private static final int LINES_KEPT = 1_000;
  private static final int GRACE_SECONDS = 3;

  private final String name;
  private final Process process;
  private final Path log;
  private final BufferedWriter input;
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(LINES_KEPT);

  Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    input = process.outputWriter();
    Thread reader = new Thread(this::read, name + " output");
    reader.setDaemon(true);
    reader.start();
  }

  long pid() {
    return process.pid();
  }

  void send(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /** The next line that begins with {@code start}. */
  String await(String start, Duration patience) throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null || line.equals(END)) {
        String state = line == null ? "is silent" : "ended";
        throw new MacroException(
            name + " " + state + " where \"" + start + "\" was due\n" + Files.readString(log));
      }
      if (line.startsWith(start)) {
        return line;
      }
    }
  }

  /** Lets time pass while it works; its end is an error. */
  void runFor(Duration duration) throws InterruptedException {
    if (process.waitFor(duration.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new MacroException(name + " ended with " + process.exitValue());
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      reader.lines().forEach(this::keep);
    } catch (IOException | UncheckedIOException e) {
      System.err.println(name + ": " + e.getMessage());
    }
    keep(END);
  }

  /** What nobody waits for may go: the pipe must not fill. */
  private void keep(String line) {
    if (!lines.offer(line)) {
      lines.clear();
    }
  }

  /** Ends it, gently first. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  /** Ends it at once. */
  void kill() {
    process.destroyForcibly();
  }
}
