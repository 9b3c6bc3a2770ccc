package io.flvkit.examples.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: parses, runs a sub-command, reports what went wrong in one line. */
@Command(
    name = "flvkit",
    description = "FLV delivery: a reference edge, a test origin and tools.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    scope = ScopeType.INHERIT,
    subcommands = {
      DemoCommand.class,
      EdgeCommand.class,
      OriginCommand.class,
      InspectCommand.class,
      FilterCommand.class,
      IndexCommand.class,
      TokenCommand.class,
      PrefetchCommand.class,
      PurgeCommand.class
    })
public final class FlvKitCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  FlvKitCommand() {}

  /**
   * Runs {@code args} and returns the exit status. Commands that serve return when the process is
   * told to stop or the calling thread is interrupted.
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new FlvKitCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Failures::wrongUsage)
        .setExecutionExceptionHandler(Failures::failed)
        .execute(args);
  }

  /** Has to be said before the first logger is made, as picocli does: options come first. */
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show where an error came from, and log more.")
  void verbose(boolean wanted) {
    if (wanted) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    }
  }

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    throw new ParameterException(line, "a command is missing");
  }
}
