package io.flvkit.edge;

import java.io.IOException;
import java.io.StringReader;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * Reads certificates and keys as OpenSSL writes them: PKCS #8, PKCS #1 and SEC 1. Refuses by {@code
 * IllegalArgumentException}, whose message never repeats the text.
 */
final class Pem {
  /** A chain of more certificates than this is a mistake. */
  private static final int CHAIN_MAX = 10;

  private Pem() {}

  /** The certificates of a text in their order, at least one. */
  static List<X509Certificate> certificates(String text) {
    List<X509Certificate> chain = new ArrayList<>();
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
        if (entry instanceof X509CertificateHolder holder) {
          chain.add(converter.getCertificate(holder));
        }
      }
    } catch (IOException | CertificateException e) {
      throw new IllegalArgumentException("holds a certificate that cannot be read", e);
    }
    if (chain.isEmpty() || chain.size() > CHAIN_MAX) {
      throw new IllegalArgumentException("must hold from 1 to 10 certificates in PEM form");
    }
    return chain;
  }

  /** The first private key of a text, which must not be encrypted. */
  static PrivateKey key(String text) {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
        if (entry instanceof PrivateKeyInfo key) {
          return converter.getPrivateKey(key);
        }
        if (entry instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("holds a private key that cannot be read", e);
    }
    throw new IllegalArgumentException("must hold a private key in PEM form, not encrypted");
  }
}
