package io.flvkit.examples.cli;

import io.flvkit.examples.HostPort;
import io.flvkit.examples.origin.OriginOptions;
import io.flvkit.examples.origin.TestOrigin;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a test origin until the process is told to stop. */
@Command(
    name = "origin",
    description = {
      "Runs a test origin: live streams that loop a file or are published over HTTP, files with"
          + " ranges, faults on demand.",
      "Prints a line 'listen http HOST:PORT' (and 'listen admin HOST:PORT'), then 'ready'."
    })
final class OriginCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--listen",
      required = true,
      paramLabel = "HOST:PORT",
      converter = HostPortConverter.class,
      description = "Where to serve; port 0 takes a free one.")
  private @Nullable InetSocketAddress listen;

  @Option(
      names = "--live",
      paramLabel = "NAME=FILE",
      description = "Loops FILE as /live/NAME.flv, for ever, at wall-clock pace.")
  private Map<String, Path> live = new LinkedHashMap<>();

  @Option(names = "--vod", paramLabel = "DIR", description = "Serves the files of DIR as /vod/.")
  private @Nullable Path vod;

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      converter = HostPortConverter.class,
      description =
          "Takes POST /fault?stream=NAME&kind=status-503|reset|stall|cut|timestamp-jump|none here;"
              + " timestamp-jump wants millis=N.")
  private @Nullable InetSocketAddress admin;

  @Option(names = "--stamp", description = "Adds a wall-clock script tag, onStamp, each second.")
  private boolean stamp;

  @Override
  public Integer call() {
    OriginOptions options =
        new OriginOptions(Objects.requireNonNull(listen), live, vod, admin, stamp);
    StopSignal stop = StopSignal.install();
    try (TestOrigin origin = TestOrigin.start(options)) {
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.println("listen http " + HostPort.print(origin.address()));
      origin
          .adminAddress()
          .ifPresent(address -> out.println("listen admin " + HostPort.print(address)));
      out.println("ready");
      stop.await();
    }
    return 0;
  }
}
