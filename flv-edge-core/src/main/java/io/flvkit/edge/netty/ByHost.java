package io.flvkit.edge.netty;

import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.TlsIdentity;
import io.netty.util.Mapping;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Something for each certificate of a listener, found by the host that a client names (SNI). */
final class ByHost<C> implements Mapping<String, C> {
  /** Makes what belongs to a certificate. */
  interface Maker<C> {
    C of(TlsIdentity identity) throws SSLException;
  }

  private final C usual;
  private final Map<String, C> byName = new HashMap<>();

  ByHost(TlsConfig config, Maker<C> maker) throws SSLException {
    usual = maker.of(config.identity());
    for (TlsIdentity identity : config.more()) {
      C made = maker.of(identity);
      identity.names().forEach(name -> byName.putIfAbsent(name, made));
    }
    config.identity().names().forEach(name -> byName.putIfAbsent(name, usual));
  }

  /** For a client that names that host, or none. */
  @Override
  public C map(@Nullable String host) {
    if (host == null) {
      return usual;
    }
    String name = host.toLowerCase(Locale.ROOT);
    C exact = byName.get(name);
    if (exact != null) {
      return exact;
    }
    int dot = name.indexOf('.');
    return dot < 0 ? usual : byName.getOrDefault("*" + name.substring(dot), usual);
  }
}
