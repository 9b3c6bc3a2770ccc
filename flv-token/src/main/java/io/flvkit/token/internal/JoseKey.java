package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A key of JOSE and COSE. Its kind alone decides the algorithm, never the token: bytes are
 * HMAC-SHA256, PEM is ECDSA with P-256 and SHA-256.
 */
final class JoseKey {
  private static final String PEM = "-----BEGIN ";
  private static final int MAC_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;
  private static final int P256_BITS = 256;

  private final Key key;
  private final @Nullable Hmac mac;
  private final @Nullable PrivateKey privateKey;
  private final @Nullable PublicKey publicKey;

  private JoseKey(
      Key key, @Nullable Hmac mac, @Nullable PrivateKey privateKey, @Nullable PublicKey publicKey) {
    this.key = key;
    this.mac = mac;
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** Throws {@link IllegalArgumentException} if it is PEM, but no private P-256 key. */
  static JoseKey signing(Key key) {
    return isPem(key)
        ? new JoseKey(key, null, (PrivateKey) parsed(key, true), null)
        : new JoseKey(key, Hmac.sha256(key.secret()), null, null);
  }

  /** Throws {@link IllegalArgumentException} if it is PEM, but no public P-256 key. */
  static JoseKey verifying(Key key) {
    return isPem(key)
        ? new JoseKey(key, null, null, (PublicKey) parsed(key, false))
        : new JoseKey(key, Hmac.sha256(key.secret()), null, null);
  }

  private static boolean isPem(Key key) {
    return key.isText() && new String(key.secret(), UTF_8).strip().startsWith(PEM);
  }

  private static java.security.Key parsed(Key key, boolean isPrivate) {
    String kind = isPrivate ? "PRIVATE KEY" : "PUBLIC KEY";
    String pem = new String(key.secret(), UTF_8).strip();
    String body = pem.replace(PEM + kind + "-----", "").replace("-----END " + kind + "-----", "");
    try {
      byte[] der = Base64.getMimeDecoder().decode(body.contains("-") ? "" : body);
      KeyFactory factory = KeyFactory.getInstance("EC");
      java.security.Key parsed =
          isPrivate
              ? factory.generatePrivate(new PKCS8EncodedKeySpec(der))
              : factory.generatePublic(new X509EncodedKeySpec(der));
      if (((ECKey) parsed).getParams().getOrder().bitLength() == P256_BITS) {
        return parsed;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the key " + key.id() + " is no P-256 " + kind + " in PEM", e);
    }
    throw new IllegalArgumentException("the key " + key.id() + " is not on the curve P-256");
  }

  Key key() {
    return key;
  }

  boolean isSymmetric() {
    return mac != null;
  }

  /** Returns the MAC, or the signature as r and s in 32 bytes each (RFC 7518, RFC 9053). */
  byte[] sign(byte[] message) {
    if (mac != null) {
      byte[] computed = new byte[MAC_BYTES];
      mac.compute(message, 0, message.length, computed);
      return computed;
    }
    try {
      Signature signature = ecdsa();
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with the key " + key.id(), e);
    }
  }

  /** Returns whether {@code signature} is this key's over {@code message}. */
  boolean proves(byte[] message, byte[] signature) {
    if (mac != null) {
      byte[] computed = new byte[MAC_BYTES];
      mac.compute(message, 0, message.length, computed);
      return signature.length == MAC_BYTES && Bytes.same(signature, computed, MAC_BYTES);
    }
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature check = ecdsa();
      check.initVerify(publicKey);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      // The JDK's way of saying that r or s is out of range.
      return false;
    }
  }

  private static Signature ecdsa() throws GeneralSecurityException {
    return Signature.getInstance("SHA256withECDSAinP1363Format");
  }
}
