package io.flvkit.edge.config;

import io.flvkit.edge.access.TokenRule;
import io.flvkit.token.KeyRing;
import io.flvkit.token.Scheme;
import io.flvkit.token.Scope;
import io.flvkit.token.Secret;
import io.flvkit.token.UrlVerifier;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Reads the token rule of a mount, with its keys from files and the environment. */
final class TokenReader {
  /** Stand in for what cannot be read; they never verify anything, since a mistake was noted. */
  private static final Secret NO_SECRET = Secret.parse("unreadable");

  private static final KeyRing NO_KEYS = KeyRing.of("unreadable", NO_SECRET);
  private static final TokenRule NO_RULE = TokenRule.of(UrlVerifier.of(Scheme.GCORE, NO_KEYS));

  private static final List<String> SOURCES = List.of("secret", "secretFile", "secretEnv");

  private final Surroundings surroundings;

  TokenReader(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  TokenRule rule(Section at) {
    Scheme scheme = at.required("scheme", TokenReader::scheme, Scheme.GCORE);
    KeyRing keys = at.has("keys") ? keys(at) : NO_KEYS;
    UrlVerifier.Builder verifier = UrlVerifier.builder(scheme, keys);
    at.set("scope", TokenReader::scope, verifier::scope);
    at.set("bindIp", Units::flag, verifier::bindIp);
    at.set("strictExpiry", Units::flag, verifier::strictExpiry);
    at.set("clockSkew", Units::duration, verifier::clockSkew);
    at.set("validity", Units::duration, verifier::validity);
    at.set("salt", Function.identity(), verifier::salt);
    int expiredStatus =
        at.read("expiredStatus", TokenReader::status, TokenRule.DEFAULT_EXPIRED_STATUS);
    Duration maxSession = at.read("maxSession", Units::duration, Duration.ZERO);
    at.done();
    return at.make(() -> new TokenRule(verifier.build(), expiredStatus, maxSession), NO_RULE);
  }

  private KeyRing keys(Section at) {
    KeyRing.Builder ring = KeyRing.builder();
    for (Value item : at.items("keys")) {
      Section key = item.section();
      String id = key.required("id", Function.identity(), item.key());
      Secret secret = secret(key);
      key.done();
      key.make(() -> ring.add(id, secret), ring);
    }
    return at.make(ring::build, NO_KEYS);
  }

  private Secret secret(Section key) {
    List<String> given = SOURCES.stream().filter(name -> key.value(name).isPresent()).toList();
    if (given.size() != 1) {
      key.refuse("secret", "give one of " + String.join(", ", SOURCES));
      return NO_SECRET;
    }
    Function<String, Secret> reader =
        switch (given.get(0)) {
          case "secretFile" -> surroundings::secretOfFile;
          case "secretEnv" -> surroundings::secretOfVariable;
          default -> Secret::parse;
        };
    return key.read(given.get(0), reader, NO_SECRET);
  }

  private static Scheme scheme(String name) {
    List<String> names = Scheme.all().stream().map(Scheme::name).toList();
    return Scheme.named(name)
        .orElseThrow(
            () -> new IllegalArgumentException("must be one of " + String.join(", ", names)));
  }

  private static Scope scope(String word) {
    return Units.oneOf("exact", "directory").apply(word).equals("exact")
        ? Scope.EXACT
        : Scope.DIRECTORY;
  }

  private static int status(String text) {
    int status = Units.integer(text);
    if (status < 400 || status > 499) {
      throw new IllegalArgumentException("must be from 400 to 499");
    }
    return status;
  }
}
