package io.flvkit.examples.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what is done with signed links. */
@Command(
    name = "token",
    description = "Signs and verifies links.",
    subcommands = {TokenSignCommand.class, TokenVerifyCommand.class, TokenSchemesCommand.class})
final class TokenCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "sign, verify or schemes is missing");
  }
}
