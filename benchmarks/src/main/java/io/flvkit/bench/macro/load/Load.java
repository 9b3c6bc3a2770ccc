package io.flvkit.bench.macro.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The process of the viewers. Each line of standard input is a {@link Plan}; the answer is a {@link
 * WindowResult} at the end of its window. The viewers stay until the next line, an empty one to say
 * only that they may leave (answered by an empty one). Ends with its standard input.
 */
public final class Load {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int HOLD_SECONDS_MAX = 120;

  private Load() {}

  /** No arguments. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null) {
      if (line.isEmpty()) {
        System.out.println();
        line = lines.readLine();
      } else {
        line = run(Plan.parse(line), lines);
      }
    }
  }

  private static @Nullable String run(Plan plan, BufferedReader lines) throws IOException {
    Proc before = Proc.of(plan.serverPid());
    try (Crowd crowd = new Crowd(plan)) {
      turnUntil(crowd, crowd.windowStartNanos());
      crowd.tally().measuring = true;
      Proc server = Proc.of(plan.serverPid());
      Proc self = Proc.of(ProcessHandle.current().pid());
      turnUntil(crowd, crowd.windowStartNanos() + plan.windowSeconds() * SECOND_NANOS);
      WindowResult result = WindowResult.of(plan, crowd, before, server, self);
      crowd.tally().measuring = false;
      System.out.println(FlatRecord.line(result));
      long holdEnd = System.nanoTime() + HOLD_SECONDS_MAX * SECOND_NANOS;
      while (!lines.ready() && System.nanoTime() < holdEnd) {
        crowd.turn();
      }
      return lines.readLine();
    }
  }

  private static void turnUntil(Crowd crowd, long nanos) throws IOException {
    while (System.nanoTime() < nanos) {
      crowd.turn();
    }
  }
}
