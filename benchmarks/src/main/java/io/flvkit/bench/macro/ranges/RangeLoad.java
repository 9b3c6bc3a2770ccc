package io.flvkit.bench.macro.ranges;

import io.flvkit.bench.macro.load.FlatRecord;
import io.flvkit.bench.macro.load.Proc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The process of the clients. Each line of standard input is a {@link RangePlan}; the answer is a
 * {@link RangeWindow}. Ends with its standard input.
 */
public final class RangeLoad {
  private RangeLoad() {}

  /** No arguments. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(FlatRecord.line(run(RangePlan.parse(line))));
    }
  }

  private static RangeWindow run(RangePlan plan) throws IOException {
    try (RangeCrowd crowd = new RangeCrowd(plan)) {
      turnFor(crowd, plan.settleMillis() * 1_000_000L);
      Proc server = Proc.of(plan.serverPid());
      Proc self = Proc.of(ProcessHandle.current().pid());
      long files = openFiles(plan.serverPid());
      crowd.tally().measuring = true;
      turnFor(crowd, plan.windowSeconds() * 1_000_000_000L);
      return window(plan, crowd.tally(), server, self, files);
    }
  }

  private static void turnFor(RangeCrowd crowd, long nanos) throws IOException {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      crowd.turn();
    }
  }

  private static RangeWindow window(
      RangePlan plan, RangeTally tally, Proc server, Proc self, long files) throws IOException {
    Proc now = server.now();
    long filesNow = openFiles(plan.serverPid());
    return new RangeWindow(
        tally.whole.count(),
        tally.bytes * 1e3 / (now.nanos() - server.nanos()),
        tally.whole.millis(0.5),
        tally.whole.millis(0.99),
        tally.firstByte.millis(0.5),
        tally.firstByte.millis(0.99),
        now.coresSince(server),
        now.userCoresSince(server),
        self.now().coresSince(self),
        now.residentBytes(),
        now.residentBytes() - server.residentBytes(),
        filesNow,
        filesNow - files,
        tally.faults);
  }

  private static long openFiles(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return open.count();
    }
  }
}
