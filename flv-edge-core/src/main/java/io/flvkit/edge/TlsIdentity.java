package io.flvkit.edge;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A certificate, and the private key that belongs to it.
 *
 * @param chain the certificate first, then those that lead to a root; at least one
 * @param key the private key, RSA or elliptic curve
 */
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
  private static final int DNS_NAME = 2;

  public TlsIdentity {
    new Checks()
        .require(!chain.isEmpty(), "certificate", "is missing")
        .require(
            chain.isEmpty() || belongTogether(chain.get(0).getPublicKey(), key),
            "key",
            "does not belong to the certificate")
        .done();
    chain = List.copyOf(chain);
  }

  /**
   * Reads PEM as OpenSSL writes it.
   *
   * @throws IllegalArgumentException if the texts cannot be read; the message leaves them out
   * @throws ConfigException if the key does not belong to the first certificate
   */
  public static TlsIdentity ofPem(String certificates, String key) {
    return new TlsIdentity(certificatesOfPem(certificates), keyOfPem(key));
  }

  /** As {@link #ofPem}, only the certificates. */
  public static List<X509Certificate> certificatesOfPem(String certificates) {
    return Pem.certificates(certificates);
  }

  /** As {@link #ofPem}, only the key. */
  public static PrivateKey keyOfPem(String key) {
    return Pem.key(key);
  }

  /**
   * The host names that the certificate is for, in lower case; {@code *.a.b} is one label of a.b.
   */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    try {
      var alternatives = chain.get(0).getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> name : alternatives) {
          if (name.get(0).equals(DNS_NAME)) {
            names.add(name.get(1).toString().toLowerCase(Locale.ROOT));
          }
        }
      }
    } catch (CertificateParsingException e) {
      return List.of(); // names that nobody can read match nobody
    }
    return names;
  }

  private static boolean belongTogether(PublicKey certified, PrivateKey key) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "";
        };
    try {
      byte[] sample = {1, 2, 3, 4};
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(sample);
      byte[] signed = signer.sign();
      signer.initVerify(certified);
      signer.update(sample);
      return signer.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // of another kind, or not usable at all
    }
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "TlsIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
