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
    description = {
      "Signs and verifies links: URLs that open one path, or one directory, until a moment.",
      "An application signs, the edge or a CDN verifies; both hold the key."
    },
    footer = {
      "",
      "Examples:",
      "  openssl rand -hex 32 | sed 's/^/hex:/' > key.txt",
      "  flvkit token sign --scheme flvkit-hmac --key-file key.txt --expires-in 5m"
          + " https://live.example.com/live/cam1.flv",
      "  flvkit token verify --scheme flvkit-hmac --key-file key.txt 'https://live.example.com/...'"
    },
    subcommands = {
      TokenSignCommand.class,
      TokenVerifyCommand.class,
      TokenSchemesCommand.class,
      TokenPublicKeyCommand.class
    })
final class TokenCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "sign, verify, schemes or public-key is missing");
  }
}
