package io.flvkit.bench.macro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a figure means nothing without. */
final class Machine {
  private Machine() {}

  static Map<String, Object> facts(List<String> flags) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("pinned", Tools.canPin());
    facts.put("congestionControl", read("/proc/sys/net/ipv4/tcp_congestion_control"));
    facts.put("openFilesMax", openFilesMax());
    facts.put("loadAverage", loadAverage());
    facts.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("edgeFlags", String.join(" ", flags));
    return facts;
  }

  /** Runnable threads of the last minute. */
  static double loadAverage() throws IOException {
    String text = read("/proc/loadavg");
    return Double.parseDouble(text.substring(0, text.indexOf(' ')));
  }

  private static String openFilesMax() throws IOException {
    return read("/proc/self/limits")
        .lines()
        .filter(line -> line.startsWith("Max open files"))
        .map(line -> line.split("\\s+", -1)[4])
        .findFirst()
        .orElse("unknown");
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file)).strip();
  }
}
