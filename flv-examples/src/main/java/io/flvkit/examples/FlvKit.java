package io.flvkit.examples;

import io.flvkit.examples.cli.FlvKitCommand;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Entry point of the {@code flvkit} command. */
public final class FlvKit {
  private FlvKit() {}

  /** Runs one command and exits: 0 fine, 1 the work or the check failed, 2 wrong usage. */
  public static void main(String[] args) {
    int status = FlvKitCommand.run(lines(System.out), lines(System.err), args);
    System.exit(status);
  }

  private static PrintWriter lines(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
