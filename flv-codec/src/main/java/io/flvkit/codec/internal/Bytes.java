package io.flvkit.codec.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Big-endian integers at absolute indexes, whatever the order of the buffer is set to. */
public final class Bytes {
  private static final VarHandle INT32 =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Bytes() {}

  /** Unsigned 8 bits at {@code index}. */
  public static int uint8(ByteBuffer source, int index) {
    return source.get(index) & 0xFF;
  }

  /** Unsigned 16 bits at {@code index}. */
  public static int uint16(ByteBuffer source, int index) {
    return uint8(source, index) << 8 | uint8(source, index + 1);
  }

  /** Unsigned 24 bits at {@code index}. */
  public static int uint24(ByteBuffer source, int index) {
    return index == 0
        ? uint8(source, 0) << 16 | uint16(source, 1)
        : int32(source, index - 1) & 0xFF_FFFF; // one access and one check of bounds
  }

  /** Signed 24 bits at {@code index}. */
  public static int int24(ByteBuffer source, int index) {
    return uint24(source, index) << 8 >> 8;
  }

  /** 32 bits at {@code index}. */
  public static int int32(ByteBuffer source, int index) {
    return (int) INT32.get(source, index);
  }

  /** Appends the low 24 bits of {@code value}. */
  public static void putUint24(ByteBuffer target, int value) {
    target.put((byte) (value >> 16)).put((byte) (value >> 8)).put((byte) value);
  }

  /** Appends 32 bits. */
  public static void putInt32(ByteBuffer target, int value) {
    target.put((byte) (value >> 24));
    putUint24(target, value);
  }
}
