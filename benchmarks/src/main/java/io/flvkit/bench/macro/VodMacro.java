package io.flvkit.bench.macro;

import io.flvkit.bench.macro.load.FlatRecord;
import io.flvkit.bench.macro.ranges.NumberedFile;
import io.flvkit.bench.macro.ranges.RangeLoad;
import io.flvkit.bench.macro.ranges.RangePlan;
import io.flvkit.bench.macro.ranges.RangeWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How does the cache of files compare with nginx's cache of slices? */
@Command(
    name = "VodMacro",
    mixinStandardHelpOptions = true,
    description = "Measures a running edge beside nginx with proxy_cache and slice, over loopback.")
public final class VodMacro implements Callable<Integer> {
  private static final int LOAD_CORE = 1;
  private static final int WARM_SECONDS = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Option(
      names = "--row",
      split = ",",
      defaultValue = "ranges-1m-16",
      description = "What to measure: ${COMPLETION-CANDIDATES}; several with commas.")
  private List<VodRow> rows = List.of();

  @Option(names = "--rounds", defaultValue = "3", description = "Windows of each. Default: 3.")
  private int rounds;

  @Option(names = "--seconds", defaultValue = "10", description = "Of a window. Default: 10.")
  private int seconds;

  @Option(names = "--json", description = "File for the figures.")
  private Optional<Path> json = Optional.empty();

  @Option(names = "--edge-jar", defaultValue = "flv-examples/target/flvkit.jar")
  private Path edgeJar = Path.of("");

  private VodMacro() {}

  /** Exits with 0 when all rows were measured. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new VodMacro());
    line.registerConverter(VodRow.class, VodRow::named);
    line.setExecutionExceptionHandler(LiveMacro::failed);
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Edge jar = Edge.of(edgeJar);
    Path folder = Files.createTempDirectory("flvkit-macro");
    Children children = new Children(folder);
    int originPort = NginxCache.origin(children, LOAD_CORE, files(folder)).port();
    Server nginx = NginxCache.cache(children, Rig.SERVER_CORE, originPort);
    Server edge = jar.startVod(children, originPort);
    Child load = children.start("load", LOAD_CORE, Rig.java(RangeLoad.class, List.of()));
    List<Object> all = new ArrayList<>();
    for (VodRow row : rows) {
      all.add(measure(row, load, edge, nginx));
      if (json.isPresent()) {
        Files.writeString(json.get(), Json.text(all) + "\n");
      }
    }
    return 0;
  }

  /** One file under many names: what is asked for once is cold. */
  private static Path files(Path folder) throws IOException {
    Path files = Files.createDirectory(folder.resolve("files"));
    Path first = files.resolve("f0.flv");
    NumberedFile.write(first, VodRow.FILE_BYTES);
    for (int i = 1; i <= 2 * VodRow.COLD_FILES; i++) {
      Files.createLink(files.resolve("f" + i + ".flv"), first);
    }
    return files;
  }

  private Map<String, Object> measure(VodRow row, Child load, Server edge, Server nginx)
      throws IOException, InterruptedException {
    Map<String, Object> machine = Machine.facts(Edge.FLAGS);
    System.out.println("\n" + row + ": " + row.description() + "\n" + machine);
    System.out.println(VodTable.HEAD);
    window(load, row.warming(nginx, seconds));
    window(load, row.warming(edge, WARM_SECONDS));
    List<RangeWindow> ours = new ArrayList<>();
    List<RangeWindow> theirs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      theirs.add(shown("nginx", window(load, row.plan(nginx, round, seconds))));
      ours.add(shown("edge", window(load, row.plan(edge, round, seconds))));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("row", row);
    values.put("description", row.description());
    values.put("machine", machine);
    values.put("ratios", ratios(ours, theirs));
    values.put("nginx", theirs.stream().map(FlatRecord::values).toList());
    values.put("edge", ours.stream().map(FlatRecord::values).toList());
    return values;
  }

  private static RangeWindow shown(String name, RangeWindow window) {
    System.out.println(VodTable.line(name, window));
    return window;
  }

  private static RangeWindow window(Child load, RangePlan plan)
      throws IOException, InterruptedException {
    load.send(plan.line());
    String line = load.await("{", PATIENCE.plusSeconds(plan.windowSeconds()));
    return FlatRecord.parse(RangeWindow.class, line);
  }

  private static Map<String, Object> ratios(List<RangeWindow> edge, List<RangeWindow> nginx) {
    Map<String, ToDoubleFunction<RangeWindow>> figures = new LinkedHashMap<>();
    figures.put("throughput", RangeWindow::megabytesPerSecond);
    figures.put("CPU", RangeWindow::serverCores);
    figures.put("p99", RangeWindow::p99Millis);
    figures.put("first byte p50", RangeWindow::firstByteP50Millis);
    figures.put("first byte p99", RangeWindow::firstByteP99Millis);
    Map<String, Object> byName = new LinkedHashMap<>();
    figures.forEach(
        (name, figure) -> {
          Spread ratio = Spread.ofRatios(column(edge, figure), column(nginx, figure));
          System.out.println("edge / nginx, " + name + ": " + ratio);
          byName.put(name, ratio.values());
        });
    return byName;
  }

  private static List<Double> column(
      List<RangeWindow> windows, ToDoubleFunction<RangeWindow> figure) {
    return windows.stream().map(figure::applyAsDouble).toList();
  }
}
