package io.flvkit.examples.cli;

import io.flvkit.examples.demo.Demo;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the demo until the process is told to stop. */
@Command(
    name = "demo",
    description = {
      "Plays a live stream and a file in the browser: starts an origin with bundled clips, an edge"
          + " that pulls from it, and a player page.",
      "Prints the URLs and runs until Ctrl-C."
    })
final class DemoCommand implements Callable<Integer> {
  private static final int PORT_MAX = 65_535;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "The edge's port (default: ${DEFAULT-VALUE}; 0 takes a free one).")
  private int port;

  @Option(
      names = "--tls",
      description = "HTTPS instead of HTTP, with a new certificate signed by itself.")
  private boolean tls;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    if (port < 0 || port > PORT_MAX) {
      throw new ParameterException(command.commandLine(), "--port: from 0 to 65535, not " + port);
    }
    StopSignal stop = StopSignal.install();
    try (Demo demo = tls ? Demo.startTls(port) : Demo.start(port)) {
      PrintWriter out = command.commandLine().getOut();
      out.println("page    " + demo.page());
      out.println("live    " + demo.live());
      out.println("file    " + demo.vod());
      out.println("admin   " + demo.admin() + "healthz");
      out.println("origin  " + demo.origin().uri("/live/demo.flv"));
      out.println("ready, stop with Ctrl-C");
      stop.await();
    }
    return 0;
  }
}
