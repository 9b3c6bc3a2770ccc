package io.flvkit.examples.cli;

import io.flvkit.examples.FlvKitException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the public half of an Ed25519 key: all that an edge needs to verify. */
@Command(
    name = "public-key",
    description = "Prints the public half of a key of flvkit-ed25519, as a key file has it.",
    footer = {
      "",
      "Example:",
      "  openssl rand -hex 32 | sed 's/^/hex:/' > private.txt",
      "  flvkit token public-key --key-file private.txt > public.txt",
      "The application signs with private.txt; edges verify with public.txt."
    })
final class TokenPublicKeyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--key-file",
      required = true,
      paramLabel = "FILE",
      description = "Holds the private key, 32 bytes: hex:... or base64:...")
  private @Nullable Path keyFile;

  @Override
  public Integer call() {
    Path file = Objects.requireNonNull(keyFile);
    try {
      byte[] publicKey = TokenKey.secret(file).ed25519PublicKey();
      Objects.requireNonNull(spec)
          .commandLine()
          .getOut()
          .println("hex:" + HexFormat.of().formatHex(publicKey));
      return 0;
    } catch (IllegalArgumentException e) {
      throw FlvKitException.wrongUsage(file + ": " + e.getMessage(), e);
    }
  }
}
