package io.flvkit.examples.cli;

import io.flvkit.examples.FlvKitException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one line on standard error and an exit status. */
final class Failures {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private Failures() {}

  static int wrongUsage(ParameterException failure, String[] args) {
    CommandLine line = failure.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    line.getErr()
        .println(name + ": " + oneLine(failure.getMessage()) + " (see " + name + " --help)");
    return WRONG_USAGE;
  }

  static int failed(Exception failure, CommandLine line, @Nullable ParseResult parsed) {
    String name = line.getCommandSpec().qualifiedName();
    line.getErr().println(name + ": " + describe(failure));
    if (verbose(parsed)) {
      line.getErr().print(ExceptionUtils.getStackTrace(failure));
      line.getErr().flush();
    }
    return failure instanceof FlvKitException known ? known.exitStatus() : FAILED;
  }

  private static String describe(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : oneLine(message);
  }

  private static boolean verbose(@Nullable ParseResult parsed) {
    for (ParseResult at = parsed; at != null; at = at.subcommand()) {
      if (at.matchedOptionValue("--verbose", false)) {
        return true;
      }
    }
    return false;
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "" : message.replaceAll("\\s*\\R\\s*", ", ");
  }
}
