package io.flvkit.bench.macro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The edge as users run it: flvkit.jar with a configuration file. */
final class Edge {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HEAP = "-Xmx512m";
  private static final String COLLECTOR = "-XX:+UseSerialGC";

  /** The contract's defaults but for ports and a quick end. */
  private static final String COMMON =
      """
      listen: [ { address: 127.0.0.1, port: 0 } ]
      admin: { address: 127.0.0.1, port: 0 }
      drainDelay: 0s
      drainTimeout: 1s""";

  /** The heap of {@link #MEMORY_FLAGS}, all of which is resident from the start. */
  static final long HEAP_BYTES = 512L << 20;

  /** Flags of the JVM. */
  static final List<String> FLAGS = List.of(HEAP, COLLECTOR);

  /** Flags that make what is resident beyond the heap visible. */
  static final List<String> MEMORY_FLAGS =
      List.of(HEAP, "-Xms512m", "-XX:+AlwaysPreTouch", COLLECTOR);

  private final Path jar;

  private Edge(Path jar) {
    this.jar = jar;
  }

  static Edge of(Path jar) {
    if (!Files.exists(jar)) {
      throw new MacroException("no " + jar + ": mvn -q -DskipTests package makes it");
    }
    return new Edge(jar);
  }

  /** Starts it before an origin of a stream and waits until it is ready. */
  Server start(Children children, Row row, int originPort)
      throws IOException, InterruptedException {
    return start(children, flags(row), yaml(row, originPort));
  }

  /** Starts it with a cache of files before an origin, in the folder of the children. */
  Server startVod(Children children, int originPort) throws IOException, InterruptedException {
    String origin = "http://127.0.0.1:" + originPort + "/vod/";
    String cache = "directory: " + children.folder().resolve("edge-cache") + ", bytes: 8GiB";
    return start(
        children,
        FLAGS,
        String.join(
            "\n",
            COMMON,
            "vod:",
            "  - path: /vod/",
            "    origins: [ { url: \"" + origin + "\" } ]",
            "    cache: { " + cache + ", sliceSize: 1MiB, ttl: 1h }",
            ""));
  }

  private Server start(Children children, List<String> flags, String yaml)
      throws IOException, InterruptedException {
    Path configuration = children.folder().resolve("edge.yaml");
    Files.writeString(configuration, yaml);
    List<String> command = new ArrayList<>(List.of(Tools.java()));
    command.addAll(flags);
    command.addAll(List.of("-jar", jar.toString(), "edge", "--config", configuration.toString()));
    Child child = children.start("edge", Rig.SERVER_CORE, command);
    String line = child.await("listen http ", PATIENCE);
    child.await("ready", PATIENCE);
    return new Server(child, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
  }

  static List<String> flags(Row row) {
    return row == Row.MEMORY ? MEMORY_FLAGS : FLAGS;
  }

  /** The row's budget; viewers that stop are kept over the window. */
  private static String yaml(Row row, int originPort) {
    return String.join(
        "\n",
        COMMON,
        "live:",
        "  - path: /live/",
        "    origins: [ { url: \"http://127.0.0.1:" + originPort + "/live/\" } ]",
        "    latencyBudget: " + row.budgetMillis() + "ms",
        "    idleTimeout: 10m",
        "    viewerStallTimeout: " + (row == Row.STOPPED4000 ? "120s" : "20s"),
        "");
  }
}
