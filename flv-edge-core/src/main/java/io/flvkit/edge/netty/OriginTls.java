package io.flvkit.edge.netty;

import io.flvkit.edge.EdgeException;
import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLException;

/**
 * The client's side of TLS towards origins: TLS 1.2 and 1.3, and a certificate for the host that is
 * asked, by an authority that is trusted. Thread-safe; one context for each set of authorities that
 * the configuration names.
 */
final class OriginTls {
  private final ConcurrentMap<List<X509Certificate>, SslContext> contexts =
      new ConcurrentHashMap<>();

  /**
   * A handler for a connection to that host.
   *
   * @param trusted the authorities to trust; empty: those of the Java installation
   */
  SslHandler handler(
      Channel channel, String host, int port, List<X509Certificate> trusted, long timeoutMillis) {
    SslHandler handler =
        contexts
            .computeIfAbsent(trusted, OriginTls::context)
            .newHandler(channel.alloc(), host, port);
    handler.setHandshakeTimeoutMillis(timeoutMillis);
    return handler;
  }

  private static SslContext context(List<X509Certificate> trusted) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .endpointIdentificationAlgorithm("HTTPS");
    try {
      return trusted.isEmpty() ? builder.build() : builder.trustManager(trusted).build();
    } catch (SSLException e) {
      throw new EdgeException("cannot use the authorities of an origin: " + e.getMessage(), e);
    }
  }
}
