package io.flvkit.bench.macro.origin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a coded tag says about itself: when it was made and the how-manieth of its track it is. 22
 * bytes without a zero, so that no server takes them for a start code: {@code FLVSTAMP}, 9 bytes of
 * CLOCK_MONOTONIC in nanoseconds and 5 of the number, 7 bits a byte, the high bit set. On Linux
 * {@link System#nanoTime} is that clock, so marks compare between processes and with the C program.
 */
public final class Mark {
  /** Length of a mark. */
  public static final int BYTES = 22;

  /** Where the mark starts in the body of an H.264 tag: behind its header, NAL length and slice. */
  public static final int VIDEO_OFFSET = 11;

  /** Where the mark starts in the body of an AAC tag. */
  public static final int AUDIO_OFFSET = 3;

  private static final byte[] MAGIC = "FLVSTAMP".getBytes(StandardCharsets.US_ASCII);
  private static final int NANOS_BYTES = 9;
  private static final int NUMBER_BYTES = 5;

  private Mark() {}

  /** Writes a mark at the position of {@code target}. */
  public static void put(ByteBuffer target, long nanos, long number) {
    target.put(MAGIC);
    putBits(target, nanos, NANOS_BYTES);
    putBits(target, number, NUMBER_BYTES);
  }

  /** Whether {@code bytes} hold a mark at {@code offset}. */
  public static boolean isAt(byte[] bytes, int offset, int end) {
    if (offset + BYTES > end) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (bytes[offset + i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /** The time of the mark at {@code offset}. */
  public static long nanos(byte[] bytes, int offset) {
    return bits(bytes, offset + MAGIC.length, NANOS_BYTES);
  }

  /** The number of the mark at {@code offset}. */
  public static long number(byte[] bytes, int offset) {
    return bits(bytes, offset + MAGIC.length + NANOS_BYTES, NUMBER_BYTES);
  }

  private static void putBits(ByteBuffer target, long value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      target.put((byte) (0x80 | ((value >>> (7 * i)) & 0x7F)));
    }
  }

  private static long bits(byte[] bytes, int offset, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = (value << 7) | (bytes[offset + i] & 0x7F);
    }
    return value;
  }
}
