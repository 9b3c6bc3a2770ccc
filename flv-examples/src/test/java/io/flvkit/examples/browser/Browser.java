package io.flvkit.examples.browser;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One tab of a real browser, driven line by line through {@code driver.mjs}. Selectors are CSS.
 * Every answer comes within a minute or the test fails.
 */
final class Browser implements AutoCloseable {
  private static final int ANSWER_SECONDS = 60;
  private static final int START_SECONDS = 180;

  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;

  private Browser(Process process) {
    this.process = process;
    this.commands = process.outputWriter();
    this.answers = process.inputReader();
  }

  /** Starts Chromium, or ends the test when it is missing. */
  static Browser chromium() throws IOException, InterruptedException {
    return start("chromium", Programs.require("chromium", "chromium-browser", "google-chrome"));
  }

  /** Starts Firefox, or ends the test when it is missing. */
  static Browser firefox() throws IOException, InterruptedException {
    return start("firefox", Programs.require("firefox-esr", "firefox"));
  }

  private static Browser start(String kind, Path program) throws IOException, InterruptedException {
    Path node = Programs.require("node");
    Path folder = PlayerPackages.folder();
    Process process =
        new ProcessBuilder(node.toString(), "driver.mjs", kind, program.toString())
            .directory(folder.toFile())
            .redirectError(folder.resolve(kind + ".log").toFile())
            .start();
    Browser browser = new Browser(process);
    browser.answer("the start of " + kind, START_SECONDS);
    return browser;
  }

  /** Plays a stream until so much media was shown, then seeks unless {@code seekSeconds} is 0. */
  Watched watch(Player player, URI stream, boolean live, int shownMillis, int seekSeconds) {
    String kind = live ? "live" : "vod";
    return Watched.of(
        tell(
            "watch",
            stream,
            player.name().toLowerCase(Locale.ROOT),
            kind,
            shownMillis,
            seekSeconds));
  }

  /** Watches on what {@link #watch} left playing, until so much more was shown. */
  Watched watchOn(int shownMillis) {
    return Watched.of(tell("watchOn", shownMillis));
  }

  void look(int width, int height, String colorScheme) {
    tell("look", width, height, colorScheme);
  }

  /** Requests to addresses that end like this fail from now on. */
  void block(String ending) {
    tell("block", ending);
  }

  void open(URI page) {
    tell("open", page);
  }

  void click(String selector) {
    tell("click", selector);
  }

  /** Replaces the text of a field and presses Enter. */
  void enter(String selector, String text) {
    tell("enter", selector, text);
  }

  /** Moves a slider. */
  void slide(String selector, double value) {
    tell("slide", selector, value);
  }

  String text(String selector) {
    return tell("text", selector);
  }

  String value(String selector) {
    return tell("value", selector);
  }

  /** Waits until the text of an element matches a regular expression, and returns it. */
  String until(String selector, String pattern) {
    return tell("until", selector, pattern);
  }

  /** The value of a JavaScript expression, as JSON. */
  String evaluate(String expression) {
    return tell("evaluate", expression);
  }

  /** What the browser's console called an error since the page was opened. */
  String faults() {
    return tell("faults");
  }

  /** The requests for FLV since the page was opened: {@code STATUS RANGE; ...}. */
  String requests() {
    return tell("requests");
  }

  /** Saves a picture of the whole page. */
  void picture(Path file) {
    tell("picture", file.toAbsolutePath());
  }

  private String tell(Object... words) {
    StringBuilder line = new StringBuilder();
    for (Object word : words) {
      line.append(line.isEmpty() ? "" : "\t").append(word);
    }
    try {
      commands.write(line.append('\n').toString());
      commands.flush();
      return answer(line.toString().strip(), ANSWER_SECONDS);
    } catch (IOException e) {
      throw new AssertionError("the browser is gone at: " + line, e);
    }
  }

  private String answer(String command, int seconds) throws IOException {
    String answer;
    try {
      answer = CompletableFuture.supplyAsync(this::line).get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      process.destroy();
      throw new AssertionError("no answer to: " + command, e);
    }
    if (answer == null || !answer.startsWith("ok")) {
      throw new AssertionError(command + " -> " + answer);
    }
    return answer.substring(2).strip();
  }

  private String line() {
    try {
      return answers.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the browser; its driver closes it at the end of its input. */
  @Override
  public void close() throws IOException {
    commands.close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
