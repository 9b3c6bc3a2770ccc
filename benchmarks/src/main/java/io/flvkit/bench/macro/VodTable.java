package io.flvkit.bench.macro;

import io.flvkit.bench.macro.ranges.RangeWindow;
import java.util.Locale;

/** Windows of files as lines of a table. */
final class VodTable {
  private static final String FORMAT = "%-6s %9s %7s %17s %19s %5s %5s %7s %15s %13s %6s";

  static final String HEAD =
      String.format(
          FORMAT,
          "",
          "requests",
          "MB/s",
          "p50/p99 ms",
          "1st byte p50/p99",
          "CPU",
          "user",
          "loadgen",
          "MB (growth)",
          "files(growth)",
          "faults");

  private VodTable() {}

  static String line(String name, RangeWindow window) {
    return String.format(
        Locale.ROOT,
        FORMAT,
        name,
        window.requests(),
        String.format(Locale.ROOT, "%.0f", window.megabytesPerSecond()),
        pair(window.p50Millis(), window.p99Millis()),
        pair(window.firstByteP50Millis(), window.firstByteP99Millis()),
        String.format(Locale.ROOT, "%.2f", window.serverCores()),
        String.format(Locale.ROOT, "%.2f", window.serverUserCores()),
        String.format(Locale.ROOT, "%.2f", window.loadCores()),
        String.format(
            Locale.ROOT,
            "%.0f (%+.1f)",
            window.serverBytes() / 1e6,
            window.serverGrowthBytes() / 1e6),
        String.format(Locale.ROOT, "%d (%+d)", window.serverFiles(), window.serverFilesGrowth()),
        window.faults());
  }

  private static String pair(double first, double second) {
    return String.format(Locale.ROOT, "%.2f/%.2f", first, second);
  }
}
