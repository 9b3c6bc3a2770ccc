package io.flvkit.token.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Comparison of signatures. */
public final class Bytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private Bytes() {}

  /**
   * Returns whether the first {@code count} bytes are the same, in a time that depends on {@code
   * count} alone: every byte is looked at, and nothing branches on a byte.
   */
  public static boolean same(byte[] a, byte[] b, int count) {
    long difference = 0;
    int i = 0;
    for (; i <= count - Long.BYTES; i += Long.BYTES) {
      difference |= (long) LONG.get(a, i) ^ (long) LONG.get(b, i);
    }
    for (; i < count; i++) {
      difference |= a[i] ^ b[i];
    }
    return difference == 0;
  }
}
