package io.flvkit.edge.netty;

import io.flvkit.edge.EdgeException;
import io.flvkit.edge.TlsConfig;
import io.flvkit.edge.TlsIdentity;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.Mapping;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a listener, ready for handshakes, by the name that the client asks for.
 * BoringSSL where it loads, else the JDK; TLS 1.2 and 1.3. Immutable: a reload makes new ones, and
 * tickets of before are not taken any more.
 */
public final class TlsContexts implements Mapping<String, SslContext> {
  private static final ApplicationProtocolConfig PROTOCOLS =
      new ApplicationProtocolConfig(
          ApplicationProtocolConfig.Protocol.ALPN,
          ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
          ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2,
          ApplicationProtocolNames.HTTP_1_1);

  private final ByHost<SslContext> overTcp;
  private final @Nullable QuicSslContext overQuic;

  private TlsContexts(TlsConfig config, boolean http3) throws SSLException {
    overTcp = new ByHost<>(config, TlsContexts::contextOf);
    overQuic =
        http3
            ? QuicSslContextBuilder.buildForServerWithSni(
                new ByHost<>(config, TlsContexts::quicContextOf))
            : null;
  }

  /**
   * Prepares a configuration's certificates.
   *
   * @param http3 whether they are shown over QUIC too
   * @throws EdgeException if TLS refuses one
   */
  public static TlsContexts of(TlsConfig config, boolean http3) {
    try {
      return new TlsContexts(config, http3);
    } catch (SSLException e) {
      throw new EdgeException("cannot use a certificate: " + e.getMessage(), e);
    }
  }

  /** The context for a client that names that host, or none. */
  @Override
  public SslContext map(@Nullable String host) {
    return overTcp.map(host);
  }

  /** The context of QUIC, which finds the host by itself. */
  QuicSslContext quic() {
    return Objects.requireNonNull(overQuic, "not made for HTTP/3");
  }

  /** TLS 1.3 without early data, which could be replayed. */
  private static QuicSslContext quicContextOf(TlsIdentity identity) {
    return QuicSslContextBuilder.forServer(
            identity.key(), null, identity.chain().toArray(X509Certificate[]::new))
        .applicationProtocols("h3")
        .build();
  }

  private static SslContext contextOf(TlsIdentity identity) throws SSLException {
    boolean boring = OpenSsl.isAvailable();
    SslContext context =
        SslContextBuilder.forServer(identity.key(), identity.chain())
            .sslProvider(boring ? SslProvider.OPENSSL : SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
            .applicationProtocolConfig(PROTOCOLS)
            .build();
    if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
      sessions.setTicketKeys(ticketKey()); // without a key of ours there are no tickets
    }
    return context;
  }

  private static OpenSslSessionTicketKey ticketKey() {
    SecureRandom random = new SecureRandom();
    byte[] name = new byte[OpenSslSessionTicketKey.NAME_SIZE];
    byte[] hmac = new byte[OpenSslSessionTicketKey.HMAC_KEY_SIZE];
    byte[] aes = new byte[OpenSslSessionTicketKey.AES_KEY_SIZE];
    random.nextBytes(name);
    random.nextBytes(hmac);
    random.nextBytes(aes);
    return new OpenSslSessionTicketKey(name, hmac, aes);
  }
}
