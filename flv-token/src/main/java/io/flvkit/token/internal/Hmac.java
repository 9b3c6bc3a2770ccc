package io.flvkit.token.internal;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** A MAC of the JDK with its key set, one for each thread that asks. */
final class Hmac {
  private final ThreadLocal<Mac> ofThread;

  Hmac(String algorithm, byte[] key) {
    SecretKeySpec spec = new SecretKeySpec(key, algorithm);
    this.ofThread = ThreadLocal.withInitial(() -> keyed(algorithm, spec));
  }

  static Hmac sha256(byte[] key) {
    return new Hmac("HmacSHA256", key);
  }

  private static Mac keyed(String algorithm, SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks " + algorithm, e);
    }
  }

  /**
   * Writes the MAC of {@code count} bytes from {@code start} on into the beginning of {@code out}.
   */
  void compute(byte[] input, int start, int count, byte[] out) {
    Mac mac = ofThread.get();
    try {
      mac.update(input, start, count);
      mac.doFinal(out, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException("the signature buffer is too small", e);
    }
  }
}
