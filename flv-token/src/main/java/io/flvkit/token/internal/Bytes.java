package io.flvkit.token.internal;

/** Comparison of signatures. */
public final class Bytes {
  private Bytes() {}

  /**
   * Returns whether the first {@code count} bytes are the same, in a time that depends on {@code
   * count} alone: every byte is looked at, and nothing branches on a byte.
   */
  public static boolean same(byte[] a, byte[] b, int count) {
    int difference = 0;
    for (int i = 0; i < count; i++) {
      difference |= a[i] ^ b[i];
    }
    return difference == 0;
  }
}
