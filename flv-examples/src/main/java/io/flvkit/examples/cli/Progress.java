package io.flvkit.examples.cli;

import java.io.Console;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Shows on a terminal how far long work has come; prints nothing anywhere else. */
final class Progress {
  private static final int PERCENT = 100;

  private final PrintWriter terminal;
  private final long total;
  private final boolean shown;
  private long lastPercent;

  private Progress(PrintWriter terminal, long total, boolean shown) {
    this.terminal = terminal;
    this.total = total;
    this.shown = shown;
  }

  /**
   * @param total bytes of work; not positive: unknown, nothing is shown
   */
  static Progress of(CommandLine line, long total) {
    return new Progress(line.getErr(), total, total > 0 && isTerminal());
  }

  /** From JDK 22 on there is a console without a terminal, too, and a method that tells. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true; // an older JDK: what has a console has a terminal
    }
  }

  void to(long bytes) {
    long percent = shown ? bytes * PERCENT / total : lastPercent;
    if (percent != lastPercent) {
      lastPercent = percent;
      terminal.print("\r" + percent + " %");
      terminal.flush();
    }
  }

  /** Takes the line away again. */
  void end() {
    if (lastPercent > 0) {
      terminal.print("\r      \r");
      terminal.flush();
    }
  }
}
