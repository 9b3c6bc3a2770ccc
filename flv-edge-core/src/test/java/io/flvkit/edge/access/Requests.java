package io.flvkit.edge.access;

import com.google.common.net.InetAddresses;
import io.flvkit.token.CanonicalPath;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Requests for tests. */
final class Requests {
  static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private Requests() {}

  static AccessRequest from(String address) {
    return of("/live/a.flv", null, address, null, null);
  }

  static AccessRequest referredBy(@Nullable String referer) {
    return of("/live/a.flv", null, "203.0.113.7", referer, null);
  }

  static AccessRequest by(@Nullable String userAgent) {
    return of("/live/a.flv", null, "203.0.113.7", null, userAgent);
  }

  static AccessRequest link(String path, @Nullable String query, String address) {
    return of(path, query, address, null, null);
  }

  private static AccessRequest of(
      String path,
      @Nullable String query,
      String address,
      @Nullable String referer,
      @Nullable String userAgent) {
    return new AccessRequest(
        CanonicalPath.parse(path),
        CanonicalPath.parse(path),
        query,
        "http://edge.example.com",
        InetAddresses.forString(address),
        referer,
        userAgent,
        NOW);
  }

  static AccessVerdict ask(AccessRule rule, AccessRequest request) {
    return rule.check(request).toCompletableFuture().join();
  }

  static boolean allows(AccessRule rule, AccessRequest request) {
    return ask(rule, request).equals(AccessVerdict.ALLOWED);
  }
}
