package io.flvkit.token.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Digests off the hot path. */
final class Digest {
  private Digest() {}

  static byte[] of(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks " + algorithm, e);
    }
  }

  static String sha256Base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(of("SHA-256", bytes));
  }
}
