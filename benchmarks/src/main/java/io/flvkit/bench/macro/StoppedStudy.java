package io.flvkit.bench.macro;

import io.flvkit.bench.macro.load.FlatRecord;
import io.flvkit.bench.macro.load.WindowResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What it costs the healthy viewers, and the kernel, that a fifth stopped reading. Each server is
 * its own yardstick: windows without anybody stopped beside windows with.
 */
final class StoppedStudy implements Study {
  private static final int STOP_EVERY = 5;

  private final Row row;
  private final double loadBefore;

  StoppedStudy(Row row, double loadBefore) {
    this.row = row;
    this.loadBefore = loadBefore;
  }

  @Override
  public int warmViewers() {
    return row.viewers();
  }

  @Override
  public Finding run(Rig rig, int rounds, int seconds) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(List.of(WindowTable.HEAD));
    Map<String, Object> values = new LinkedHashMap<>();
    if (rig.limit().isPresent()) {
      study("limit", rig, rig.limit().get(), rounds, seconds, lines, values);
    }
    study("edge", rig, rig.edge(), rounds, seconds, lines, values);
    return new Finding(lines, values);
  }

  private void study(
      String name,
      Rig rig,
      Server server,
      int rounds,
      int seconds,
      List<String> lines,
      Map<String, Object> values)
      throws IOException, InterruptedException {
    List<WindowResult> whole = new ArrayList<>();
    List<WindowResult> stopped = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      whole.add(rig.window(server, seconds));
      stopped.add(rig.window(server, seconds, STOP_EVERY));
    }
    whole.forEach(window -> lines.add(WindowTable.line(name, window)));
    stopped.forEach(window -> lines.add(WindowTable.line(name + ", stopped", window)));
    Optional<String> objection = Referee.objection(loadBefore, stopped, whole);
    Spread kernelBytes = kernelBytesPerStopped(whole, stopped);
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: healthy lag p99 with stopped / without: %s; kernel memory of a stopped viewer, both ends: %.2f MB",
            name,
            objection
                .map(reason -> "no ratio, " + reason)
                .orElseGet(() -> lagRatio(whole, stopped).toString()),
            kernelBytes.median() / 1e6));
    values.put(name + "Whole", whole.stream().map(FlatRecord::values).toList());
    values.put(name + "Stopped", stopped.stream().map(FlatRecord::values).toList());
    values.put(name + "KernelBytesPerStopped", kernelBytes.values());
  }

  private static Spread lagRatio(List<WindowResult> whole, List<WindowResult> stopped) {
    return Spread.ofRatios(
        Comparison.column(stopped, WindowResult::lagP99Millis),
        Comparison.column(whole, WindowResult::lagP99Millis));
  }

  private static Spread kernelBytesPerStopped(
      List<WindowResult> whole, List<WindowResult> stopped) {
    double bytesOfAll = Spread.of(Comparison.column(whole, WindowResult::tcpGrowthBytes)).median();
    return Spread.of(
        Comparison.column(
            stopped,
            window -> (window.tcpGrowthBytes() - bytesOfAll) / Math.max(1, window.stopped())));
  }
}
