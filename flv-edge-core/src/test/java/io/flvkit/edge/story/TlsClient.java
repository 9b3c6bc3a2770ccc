package io.flvkit.edge.story;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS connections of a client that trusts everybody, by the JDK. */
final class TlsClient {
  private TlsClient() {}

  static RawClient connect(InetSocketAddress address) throws IOException {
    return RawClient.over(socket(address, "edge.test", "TLSv1.3"));
  }

  /** A connection whose handshake is over. */
  static SSLSocket socket(
      InetSocketAddress address, String host, String version, String... protocols)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket(plain(address), host, 0, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(host)));
    parameters.setProtocols(new String[] {version});
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static Socket plain(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(10_000);
    socket.connect(address, 5_000);
    return socket;
  }

  /** The certificate that a client is shown who asks for that host. */
  static X509Certificate shown(InetSocketAddress address, String host) throws IOException {
    try (SSLSocket socket = socket(address, host, "TLSv1.2")) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Everybody()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Everybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
