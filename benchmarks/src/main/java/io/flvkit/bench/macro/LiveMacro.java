package io.flvkit.bench.macro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** How near is the live path to what the kernel allows, and what does a viewer cost? */
@Command(
    name = "LiveMacro",
    mixinStandardHelpOptions = true,
    description = "Measures a running edge beside the limit program, over loopback.")
public final class LiveMacro implements Callable<Integer> {
  @Option(
      names = "--row",
      split = ",",
      defaultValue = "a1000",
      description =
          "What to measure: ${COMPLETION-CANDIDATES}; several with commas. Default: a1000.")
  private List<Row> rows = List.of();

  @Option(names = "--rounds", defaultValue = "3", description = "Windows of each. Default: 3.")
  private int rounds;

  @Option(names = "--seconds", defaultValue = "10", description = "Of a window. Default: 10.")
  private int seconds;

  @Option(names = "--json", description = "File for the figures.")
  private Optional<Path> json = Optional.empty();

  @Option(names = "--edge-jar", defaultValue = "flv-examples/target/flvkit.jar")
  private Path edgeJar = Path.of("");

  private LiveMacro() {}

  /** Exits with 0 when all rows were measured. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new LiveMacro());
    line.registerConverter(Row.class, Row::named);
    line.setExecutionExceptionHandler(LiveMacro::failed);
    System.exit(line.execute(arguments));
  }

  /** One line for what the benchmark itself says, all of it for what should not happen. */
  static int failed(Exception e, CommandLine line, ParseResult arguments) throws Exception {
    if (e instanceof MacroException) {
      line.getErr().println(e.getMessage());
      return 1;
    }
    throw e;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      throw new MacroException("this benchmark reads /proc and needs Linux");
    }
    Edge edge = Edge.of(edgeJar);
    Path folder = Files.createTempDirectory("flvkit-macro");
    measure(new Children(folder), edge, Limit.compile(folder));
    return 0;
  }

  private void measure(Children children, Edge edge, Optional<Limit> limit)
      throws IOException, InterruptedException {
    List<Object> all = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> machine = Machine.facts(Edge.flags(row));
      System.out.println("\n" + row + ": " + row.description() + "\n" + machine);
      Finding finding = measure(children, edge, limit, row);
      finding.lines().forEach(System.out::println);
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("row", row);
      values.put("description", row.description());
      values.put("machine", machine);
      values.putAll(finding.values());
      all.add(values);
      if (json.isPresent()) {
        Files.writeString(json.get(), Json.text(all) + "\n");
      }
    }
  }

  private Finding measure(Children children, Edge edge, Optional<Limit> limit, Row row)
      throws IOException, InterruptedException {
    Study study = Study.of(row);
    try (Rig rig = new Rig(children, row, edge, limit)) {
      rig.warm(study.warmViewers());
      return study.run(rig, rounds, seconds);
    }
  }
}
