package io.flvkit.codec.config;

import io.flvkit.codec.FlvFormatException;
import java.nio.ByteBuffer;

/** Reads bits, most significant first, and never beyond the end. */
final class Bits {
  private final ByteBuffer in;
  private final int start;
  private long bit;
  private final long bits;

  /** Reads the remaining bytes of {@code source}, whose position stays. */
  Bits(ByteBuffer source) {
    in = source.duplicate();
    start = source.position();
    bits = 8L * source.remaining();
  }

  long left() {
    return bits - bit;
  }

  /** Up to 32 bits, as an unsigned number. */
  long take(int count) {
    if (left() < count) {
      throw new FlvFormatException(bit / 8, "the record ends early");
    }
    long value = 0;
    for (int i = 0; i < count; i++, bit++) {
      int octet = in.get(start + (int) (bit >> 3));
      value = value << 1 | (octet >> (7 - (bit & 7)) & 1);
    }
    return value;
  }

  int number(int count) {
    return (int) take(count);
  }

  boolean flag() {
    return take(1) != 0;
  }

  void skip(long count) {
    if (left() < count) {
      throw new FlvFormatException(bit / 8, "the record ends early");
    }
    bit += count;
  }

  /** Exponential Golomb code, unsigned (H.264 9.1). */
  int golomb() {
    int zeros = 0;
    while (!flag()) {
      if (++zeros > 31) {
        throw new FlvFormatException(bit / 8, "a number of more than 32 bits");
      }
    }
    long value = (1L << zeros) - 1 + take(zeros);
    return (int) Math.min(value, Integer.MAX_VALUE);
  }

  /** Exponential Golomb code, signed. */
  int signedGolomb() {
    int code = golomb();
    return (code & 1) == 0 ? -(code >>> 1) : (code >>> 1) + 1;
  }

  /** The next {@code bytes} bytes as a NAL unit, its emulation prevention bytes removed. */
  static Bits ofNal(ByteBuffer source, int from, int bytes) {
    if (from + bytes > source.limit()) {
      throw new FlvFormatException(from - source.position(), "a parameter set ends early");
    }
    ByteBuffer rbsp = ByteBuffer.allocate(bytes);
    int zeros = 0;
    for (int i = from; i < from + bytes; i++) {
      byte octet = source.get(i);
      if (zeros >= 2 && octet == 3) {
        zeros = 0;
        continue;
      }
      zeros = octet == 0 ? zeros + 1 : 0;
      rbsp.put(octet);
    }
    return new Bits(rbsp.flip());
  }
}
