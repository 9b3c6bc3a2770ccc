package io.flvkit.examples.cli;

import io.flvkit.edge.ConfigException;
import io.flvkit.edge.Edge;
import io.flvkit.edge.EdgeConfig;
import io.flvkit.edge.config.ConfigFile;
import io.flvkit.edge.config.ConfigWarnings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs an edge until the process is told to stop, then drains it. */
@Command(
    name = "edge",
    description = {
      "Runs an edge.",
      "Prints a line 'listen KIND HOST:PORT' per listener, then 'ready'. SIGTERM and Ctrl-C drain"
          + " it, a second one stops it at once. SIGHUP reads the configuration anew."
    })
final class EdgeCommand implements Callable<Integer> {
  private static final int WRONG_CONFIGURATION = 2;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration, YAML.")
  private @Nullable Path file;

  @Option(
      names = "--check",
      description = "Only checks the configuration: prints OK, or every mistake.")
  private boolean check;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    EdgeConfig config;
    try {
      config = ConfigFile.read(Objects.requireNonNull(file));
    } catch (ConfigException e) {
      PrintWriter err = command.commandLine().getErr();
      e.mistakes().forEach(mistake -> err.println(command.qualifiedName() + ": " + mistake));
      return WRONG_CONFIGURATION;
    }
    if (check) {
      PrintWriter err = command.commandLine().getErr();
      ConfigWarnings.of(config)
          .forEach(line -> err.println(command.qualifiedName() + ": warning: " + line));
      out.println("OK");
    } else {
      serve(config, command.commandLine());
    }
    return 0;
  }

  private void serve(EdgeConfig config, CommandLine line) {
    PrintWriter out = line.getOut();
    StopSignal stop = StopSignal.install();
    try (Edge edge = Edge.start(config)) {
      Signals.on("HUP", new EdgeReload(edge, Objects.requireNonNull(file), line.getErr()));
      edge.listeners().forEach(listener -> out.println("listen " + listener));
      out.println("ready");
      stop.await();
      CompletableFuture<Void> drained = edge.drain().toCompletableFuture();
      CompletableFuture.anyOf(drained, stop.again()).join();
    }
  }
}
