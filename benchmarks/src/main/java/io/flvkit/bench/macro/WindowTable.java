package io.flvkit.bench.macro;

import io.flvkit.bench.macro.load.WindowResult;
import java.util.Locale;

/** Windows as lines of a table. */
final class WindowTable {
  private static final String FORMAT =
      "%-14s %5s %5s  %15s  %15s  %7s %6s %9s  %7s %7s %6s %6s  %6s%s";

  static final String HEAD =
      String.format(
          FORMAT,
          "",
          "CPU",
          "user",
          "lag p50/p99 ms",
          "start p50/p99",
          "flush/s",
          "MB/s",
          "KB/viewer",
          "playing",
          "stalled",
          "closed",
          "faults",
          "loadgen",
          "");

  private WindowTable() {}

  static String line(String name, WindowResult window) {
    return String.format(
        Locale.ROOT,
        FORMAT,
        name,
        decimals(2, window.serverCores()),
        decimals(2, window.serverUserCores()),
        pair(window.lagP50Millis(), window.lagP99Millis()),
        pair(window.startupP50Millis(), window.startupP99Millis()),
        decimals(1, window.flushesPerSecond()),
        decimals(0, window.megabytesPerSecond()),
        decimals(1, window.serverGrowthBytes() / 1e3 / window.viewers()),
        window.playing(),
        window.stalled(),
        window.closed() + window.refused(),
        window.faults(),
        decimals(2, window.loadCores()),
        window.isBroken() ? " BROKEN" : "");
  }

  private static String pair(double first, double second) {
    return decimals(1, first) + "/" + decimals(1, second);
  }

  private static String decimals(int count, double value) {
    return String.format(Locale.ROOT, "%." + count + "f", value);
  }
}
