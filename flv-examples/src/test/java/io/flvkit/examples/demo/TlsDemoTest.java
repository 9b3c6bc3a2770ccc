package io.flvkit.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TlsDemoTest {
  @Test
  void shows_a_certificate_for_localhost() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Everybody()}, null);

    try (Demo demo = Demo.startTls(0);
        SSLSocket socket =
            (SSLSocket)
                context.getSocketFactory().createSocket("127.0.0.1", demo.page().getPort())) {
      socket.startHandshake();

      assertThat(demo.page().toString()).startsWith("https://localhost:");
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      assertThat(shown.getSubjectAlternativeNames()).asString().contains("localhost", "127.0.0.1");
      shown.checkValidity();
    }
  }

  private static final class Everybody implements X509TrustManager {
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
