package io.flvkit.codec.internal;

import java.nio.ByteBuffer;

/** Big-endian integers at absolute indexes, whatever the order of the buffer is set to. */
public final class Bytes {
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
    return uint16(source, index) << 8 | uint8(source, index + 2);
  }

  /** Signed 24 bits at {@code index}. */
  public static int int24(ByteBuffer source, int index) {
    return source.get(index) << 16 | uint16(source, index + 1);
  }

  /** 32 bits at {@code index}. */
  public static int int32(ByteBuffer source, int index) {
    return uint16(source, index) << 16 | uint16(source, index + 2);
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
