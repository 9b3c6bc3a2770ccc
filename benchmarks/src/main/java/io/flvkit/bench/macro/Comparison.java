package io.flvkit.bench.macro;

import io.flvkit.bench.macro.load.FlatRecord;
import io.flvkit.bench.macro.load.WindowResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Windows of limit and edge by turns, and the ratio of one to the other round by round. */
final class Comparison implements Study {
  private final Row row;
  private final double loadBefore;

  Comparison(Row row, double loadBefore) {
    this.row = row;
    this.loadBefore = loadBefore;
  }

  @Override
  public int warmViewers() {
    return row.viewers();
  }

  @Override
  public Finding run(Rig rig, int rounds, int seconds) throws IOException, InterruptedException {
    List<WindowResult> limit = new ArrayList<>();
    List<WindowResult> edge = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      if (rig.limit().isPresent()) {
        limit.add(rig.window(rig.limit().get(), seconds));
      }
      edge.add(rig.window(rig.edge(), seconds));
    }
    return finding(loadBefore, edge, limit);
  }

  static Finding finding(double loadBefore, List<WindowResult> edge, List<WindowResult> limit) {
    List<String> lines = new ArrayList<>(List.of(WindowTable.HEAD));
    limit.forEach(window -> lines.add(WindowTable.line("limit", window)));
    edge.forEach(window -> lines.add(WindowTable.line("edge", window)));
    Map<String, Object> values = new LinkedHashMap<>();
    Optional<String> objection = Referee.objection(loadBefore, edge, limit);
    if (objection.isPresent()) {
      lines.add("no ratio: " + objection.get());
      values.put("noRatio", objection.get());
    } else {
      Map<String, Spread> ratios = ratios(edge, limit);
      Map<String, Object> byName = new LinkedHashMap<>();
      ratios.forEach((name, ratio) -> lines.add("edge / limit, " + name + ": " + ratio));
      ratios.forEach((name, ratio) -> byName.put(name, ratio.values()));
      values.put("ratios", byName);
    }
    values.put("limit", limit.stream().map(FlatRecord::values).toList());
    values.put("edge", edge.stream().map(FlatRecord::values).toList());
    return new Finding(lines, values);
  }

  private static Map<String, Spread> ratios(List<WindowResult> edge, List<WindowResult> limit) {
    Map<String, ToDoubleFunction<WindowResult>> figures = new LinkedHashMap<>();
    figures.put("CPU", WindowResult::serverCores);
    figures.put("lag p50", WindowResult::lagP50Millis);
    figures.put("lag p99", WindowResult::lagP99Millis);
    figures.put("startup p50", WindowResult::startupP50Millis);
    figures.put("startup p99", WindowResult::startupP99Millis);
    Map<String, Spread> ratios = new LinkedHashMap<>();
    figures.forEach(
        (name, figure) ->
            ratios.put(name, Spread.ofRatios(column(edge, figure), column(limit, figure))));
    return ratios;
  }

  static List<Double> column(List<WindowResult> windows, ToDoubleFunction<WindowResult> figure) {
    return windows.stream().map(figure::applyAsDouble).toList();
  }
}
