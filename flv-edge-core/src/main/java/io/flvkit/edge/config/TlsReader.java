package io.flvkit.edge.config;

import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.TlsIdentity;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the certificates and keys of a listener from the files that it names. */
final class TlsReader {
  private static final Optional<TlsIdentity> NONE = Optional.empty();

  private final Surroundings surroundings;

  TlsReader(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Null after noting why the default identity cannot be had. */
  @Nullable TlsConfig config(Section at) {
    List<TlsIdentity> more = new ArrayList<>();
    for (Value item : at.items("more")) {
      Section entry = item.section();
      Optional<TlsIdentity> identity = identity(entry);
      entry.done();
      identity.ifPresent(more::add);
    }
    Optional<TlsIdentity> identity = identity(at);
    at.done();
    return identity.map(it -> new TlsConfig(it, more)).orElse(null);
  }

  private Optional<TlsIdentity> identity(Section at) {
    List<X509Certificate> chain =
        at.has("certificate")
            ? at.read(
                "certificate",
                file -> TlsIdentity.certificatesOfPem(surroundings.text(file)),
                List.of())
            : List.of();
    PrivateKey key =
        at.has("key")
            ? at.value("key")
                .map(given -> given.parsed(file -> TlsIdentity.keyOfPem(surroundings.text(file))))
                .orElse(null)
            : null;
    if (chain.isEmpty() || key == null) {
      return NONE;
    }
    return at.make(() -> Optional.of(new TlsIdentity(chain, key)), NONE);
  }
}
