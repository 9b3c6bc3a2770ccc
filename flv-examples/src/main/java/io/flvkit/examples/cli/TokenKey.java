package io.flvkit.examples.cli;

import io.flvkit.examples.FlvKitException;
import io.flvkit.token.KeyRing;
import io.flvkit.token.Scheme;
import io.flvkit.token.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that name a scheme and its key. The secret is read from a file, never an argument.
 */
final class TokenKey {
  @Option(
      names = "--scheme",
      required = true,
      description = "How links are signed; 'flvkit token schemes' lists them.")
  private @Nullable String scheme;

  @Option(
      names = "--key-file",
      required = true,
      paramLabel = "FILE",
      description = "Holds the secret: text, hex:... or base64:...")
  private @Nullable Path keyFile;

  @Option(
      names = "--key-id",
      defaultValue = "k1",
      paramLabel = "ID",
      description = "The key's id, in schemes that write it into the link (${DEFAULT-VALUE}).")
  private String keyId = "k1";

  Scheme scheme() {
    String name = Objects.requireNonNull(scheme);
    return Scheme.named(name)
        .orElseThrow(
            () ->
                FlvKitException.wrongUsage(
                    "no scheme '"
                        + name
                        + "', but "
                        + Scheme.all().stream().map(Scheme::name).collect(Collectors.joining(", ")),
                    null));
  }

  KeyRing keys() {
    Secret secret = secret(Objects.requireNonNull(keyFile));
    try {
      return KeyRing.of(keyId, secret);
    } catch (IllegalArgumentException e) {
      throw FlvKitException.wrongUsage("--key-id: " + e.getMessage(), e);
    }
  }

  static Secret secret(Path file) {
    try {
      return Secret.parse(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw FlvKitException.failed(file + ": no such file", e);
    } catch (IOException e) {
      throw FlvKitException.failed(file + ": cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw FlvKitException.wrongUsage(file + ": " + e.getMessage(), e);
    }
  }
}
