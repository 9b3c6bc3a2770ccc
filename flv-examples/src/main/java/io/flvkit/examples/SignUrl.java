package io.flvkit.examples;

import io.flvkit.token.Grant;
import io.flvkit.token.KeyRing;
import io.flvkit.token.Scheme;
import io.flvkit.token.Secret;
import io.flvkit.token.UrlSigner;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Signs one link: {@code SignUrl gcore SECRET https://cdn.example.com/live/cam1.flv}. */
public final class SignUrl {
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private SignUrl() {}

  /** Prints a link that is good for five minutes. */
  public static void main(String[] arguments) {
    run(arguments, Instant.now(), System.out);
  }

  static void run(String[] arguments, Instant now, PrintStream out) {
    Scheme scheme = Scheme.named(arguments[0]).orElseThrow();
    KeyRing keys = KeyRing.of("k1", Secret.parse(arguments[1]));

    out.println(UrlSigner.of(scheme, keys).sign(arguments[2], Grant.until(now.plus(LIFETIME))));
  }
}
