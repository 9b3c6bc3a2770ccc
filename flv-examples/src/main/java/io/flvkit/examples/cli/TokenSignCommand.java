package io.flvkit.examples.cli;

import io.flvkit.examples.FlvKitException;
import io.flvkit.token.BadPathException;
import io.flvkit.token.ClientAddress;
import io.flvkit.token.Grant;
import io.flvkit.token.Scope;
import io.flvkit.token.UrlSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a signed URL. */
@Command(
    name = "sign",
    description = "Prints URL with a token; one that it carries already is replaced.",
    footer = {
      "",
      "Examples:",
      "  a stream for five minutes, for one viewer, at a CDN that uses nginx's secure_link:",
      "    flvkit token sign --scheme gcore --key-file key.txt --expires-in 5m --ip 203.0.113.7"
          + " https://cdn.example.com/live/cam1.flv",
      "  everything below /vod/course1/ until the end of 2029:",
      "    flvkit token sign --scheme flvkit-hmac --key-file key.txt --expires-at 1893456000"
          + " --scope tree /vod/course1/1.flv"
    })
final class TokenSignCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private TokenKey key = new TokenKey();

  @ArgGroup(multiplicity = "1")
  private Expiry expiry = new Expiry();

  @Option(
      names = "--ip",
      paramLabel = "ADDRESS",
      converter = ClientAddressConverter.class,
      description = "The only client address that may use the link.")
  private @Nullable ClientAddress ip;

  @Option(
      names = "--scope",
      defaultValue = "exact",
      paramLabel = "exact|directory",
      description = "What the link opens; some schemes know 'tree', too (${DEFAULT-VALUE}).")
  private Scope scope = Scope.EXACT;

  @Option(
      names = "--field",
      paramLabel = "NAME=VALUE",
      description = "A field that the scheme knows, such as uid.")
  private Map<String, String> fields = new LinkedHashMap<>();

  @Parameters(paramLabel = "URL", description = "Absolute, or from its path on.")
  private @Nullable String url;

  private static final class Expiry {
    @Option(
        names = "--expires-in",
        paramLabel = "TIME",
        converter = DurationConverter.class,
        description = "How long from now, such as 1h.")
    private @Nullable Duration in;

    @Option(names = "--expires-at", paramLabel = "UNIX", description = "When, in seconds of 1970.")
    private long at;

    Instant instant(Instant now) {
      return in == null ? Instant.ofEpochSecond(at) : now.plus(in);
    }
  }

  @Override
  public Integer call() {
    Grant grant = Grant.until(expiry.instant(Instant.now())).scope(scope);
    if (ip != null) {
      grant = grant.boundTo(ip);
    }
    for (Map.Entry<String, String> field : fields.entrySet()) {
      grant = grant.with(field.getKey(), field.getValue());
    }
    try {
      String signed =
          UrlSigner.of(key.scheme(), key.keys()).sign(Objects.requireNonNull(url), grant);
      Objects.requireNonNull(spec).commandLine().getOut().println(signed);
      return 0;
    } catch (BadPathException e) {
      throw FlvKitException.wrongUsage(url + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw FlvKitException.wrongUsage(String.valueOf(e.getMessage()), e);
    }
  }
}
