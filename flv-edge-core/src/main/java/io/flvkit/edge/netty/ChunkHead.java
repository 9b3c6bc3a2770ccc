package io.flvkit.edge.netty;

/** The few bytes around a chunk (RFC 9112, section 7.1). */
final class ChunkHead {
  /** Most bytes of a head: eight digits and the end of the line. */
  static final int MAX_BYTES = 10;

  /** The end of a line, as a big-endian short. */
  static final short CRLF = '\r' << 8 | '\n';

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private ChunkHead() {}

  /** Digits in the head of a chunk of that many bytes, at least 1; CRLF follows them. */
  static int digits(int lengthBytes) {
    return (35 - Integer.numberOfLeadingZeros(lengthBytes)) / 4;
  }

  /** The digit at {@code index}, 0 is the first. */
  static byte digit(int lengthBytes, int index) {
    int shift = 4 * (digits(lengthBytes) - 1 - index);
    return HEX[lengthBytes >>> shift & 0xF];
  }
}
