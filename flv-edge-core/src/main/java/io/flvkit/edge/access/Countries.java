package io.flvkit.edge.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Knows where addresses are. Safe for any number of threads; must not block. */
@FunctionalInterface
public interface Countries {
  /**
   * The country of an address, ISO 3166-1 alpha-2 in upper case; null: none is known.
   *
   * @throws RuntimeException if the answer cannot be found out: a rule that asked denies then
   */
  @Nullable String countryOf(InetAddress address);
}
