package io.flvkit.examples.cli;

import io.flvkit.examples.FlvKitException;
import io.flvkit.token.ClientAddress;
import io.flvkit.token.KeyRing;
import io.flvkit.token.Scheme;
import io.flvkit.token.Scope;
import io.flvkit.token.UrlVerifier;
import io.flvkit.token.Verdict;
import io.flvkit.token.Verdict.Denied;
import io.flvkit.token.Verdict.Granted;
import io.flvkit.token.Verdict.Reason;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a signed URL opens, or why it does not. */
@Command(
    name = "verify",
    description = {
      "Prints 'granted ...' and exits 0, or 'denied: REASON' and exits 1.",
      "Where a scheme does not write it into the link, all its kinds are tried: exact and"
          + " directory, bound to the address or not."
    },
    footer = {
      "",
      "REASON is one of missing, malformed, unknown-key, bad-signature, expired, not-yet-valid,"
          + " wrong-address, out-of-scope.",
      "Put the URL into quotes: a shell reads & and ? otherwise."
    })
final class TokenVerifyCommand implements Callable<Integer> {
  private static final int DENIED = 1;
  private static final Verdict NOTHING_FITS = new Denied(Reason.BAD_SIGNATURE);

  @Spec private @Nullable CommandSpec spec;
  @Mixin private TokenKey key = new TokenKey();

  @Option(
      names = "--ip",
      paramLabel = "ADDRESS",
      converter = ClientAddressConverter.class,
      description = "The client's address.")
  private @Nullable ClientAddress ip;

  @Option(names = "--at", paramLabel = "UNIX", description = "The time, in seconds of 1970 (now).")
  private @Nullable Long at;

  @Parameters(paramLabel = "URL", description = "Absolute, or from its path on.")
  private @Nullable String url;

  @Override
  public Integer call() {
    Verdict verdict = verdict(key.scheme(), key.keys());
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (verdict instanceof Granted granted) {
      out.println(
          "granted key="
              + granted.keyId()
              + " scope="
              + granted.scope().name().toLowerCase(Locale.ROOT)
              + " expires="
              + (granted.expiry().equals(Instant.MAX) ? "never" : granted.expiry()));
      return 0;
    }
    out.println("denied: " + ((Denied) verdict).reason().word());
    return DENIED;
  }

  /** The first verdict that grants; else the first that knows more than that nothing fits. */
  private Verdict verdict(Scheme scheme, KeyRing keys) {
    Verdict denial = NOTHING_FITS;
    for (UrlVerifier verifier : verifiers(scheme, keys)) {
      Instant now = at == null ? Instant.now() : Instant.ofEpochSecond(at);
      Verdict verdict = verifier.verify(Objects.requireNonNull(url), ip, now);
      if (verdict.isGranted()) {
        return verdict;
      }
      denial = denial.equals(NOTHING_FITS) ? verdict : denial;
    }
    return denial;
  }

  /** One for each kind of link that the scheme knows; the plain kind is known to all. */
  private List<UrlVerifier> verifiers(Scheme scheme, KeyRing keys) {
    List<UrlVerifier> verifiers = new ArrayList<>();
    for (boolean bindIp : ip == null ? List.of(false) : List.of(false, true)) {
      for (Scope scope : List.of(Scope.EXACT, Scope.DIRECTORY)) {
        try {
          verifiers.add(UrlVerifier.builder(scheme, keys).scope(scope).bindIp(bindIp).build());
        } catch (IllegalArgumentException e) {
          if (verifiers.isEmpty()) {
            throw FlvKitException.wrongUsage(String.valueOf(e.getMessage()), e);
          }
        }
      }
    }
    return verifiers;
  }
}
