package io.flvkit.token.internal;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Ed25519 (RFC 8032) with raw keys of 32 bytes: the private one signs, the public one verifies. */
public final class Ed25519Proof implements Proof {
  private static final int KEY_BYTES = 32;
  private static final int BYTES = 64;

  @Override
  public byte code() {
    return 'e';
  }

  @Override
  public String name() {
    return "Ed25519 signature";
  }

  @Override
  public int bytes() {
    return BYTES;
  }

  @Override
  public Signing signing(Key key) {
    byte[] privateKey = checked(key.secret());
    byte[] publicKey = publicKey(privateKey);
    return message -> {
      byte[] signature = new byte[BYTES];
      Ed25519.sign(privateKey, 0, publicKey, 0, message, 0, message.length, signature, 0);
      return signature;
    };
  }

  @Override
  public Checking checking(Key key) {
    Ed25519.PublicPoint point = Ed25519.validatePublicKeyPartialExport(checked(key.secret()), 0);
    if (point == null) {
      throw new IllegalArgumentException("the key " + key.id() + " is no Ed25519 public key");
    }
    return (signed, count, workspace) -> Ed25519.verify(signed, count, point, signed, 0, count);
  }

  /** Returns the public key of a private one. */
  public static byte[] publicKey(byte[] privateKey) {
    byte[] publicKey = new byte[KEY_BYTES];
    Ed25519.generatePublicKey(checked(privateKey), 0, publicKey, 0);
    return publicKey;
  }

  private static byte[] checked(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "an Ed25519 key has 32 bytes; write it after hex: or base64:");
    }
    return key;
  }
}
