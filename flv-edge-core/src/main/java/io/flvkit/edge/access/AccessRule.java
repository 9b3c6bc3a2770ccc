package io.flvkit.edge.access;

import io.flvkit.token.CanonicalPath;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One rule of an {@link AccessPolicy}. Called from many threads, also from event loops: it must not
 * block. A rule that asks a backend answers later.
 */
public interface AccessRule {
  /** The name in the log and in {@code flv_access_denied_total}. */
  String name();

  /** The rule's answer; a failed stage denies. */
  CompletionStage<AccessVerdict> check(AccessRequest request);

  /**
   * The query parameters that carry secrets of this rule. They are kept from logs, origins and
   * cache keys.
   */
  default Set<String> secretParameters() {
    return Set.of();
  }

  /**
   * What is asked for by {@code sent}: the path without what belongs to this rule, such as a token
   * before it. Routing, origins and cache keys see no more than that.
   */
  default CanonicalPath resource(CanonicalPath sent) {
    return sent;
  }

  /** Where a client is, for the log, if this rule knows; null: it does not. */
  default @Nullable String country(InetAddress client) {
    return null;
  }

  /** How long a response may run that this rule allowed; zero: without end. */
  default Duration maxSession() {
    return Duration.ZERO;
  }
}
