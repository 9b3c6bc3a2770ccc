package io.flvkit.edge;

import java.util.List;

/**
 * What a TLS listener shows to its clients.
 *
 * @param identity shown to clients that name no host, or an unknown one
 * @param more shown to clients that name a host of theirs (SNI)
 */
public record TlsConfig(TlsIdentity identity, List<TlsIdentity> more) {
  public TlsConfig {
    more = List.copyOf(more);
  }

  /** One certificate for everybody. */
  public static TlsConfig of(TlsIdentity identity) {
    return new TlsConfig(identity, List.of());
  }
}
