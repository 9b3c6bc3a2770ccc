package io.flvkit.edge.netty;

import io.netty.buffer.ByteBuf;

/** The few bytes around a chunk (RFC 9112, section 7.1). */
final class ChunkHead {
  /** Most bytes of a head: eight digits and the end of the line. */
  static final int MAX_BYTES = 10;

  /** The end of a line, as a big-endian short. */
  static final int CRLF = '\r' << 8 | '\n';

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private ChunkHead() {}

  /** Appends the head of a chunk of that many bytes, at least 1. */
  static void write(ByteBuf to, int lengthBytes) {
    int shift = (31 - Integer.numberOfLeadingZeros(lengthBytes)) & ~3;
    for (; shift >= 0; shift -= 4) {
      to.writeByte(HEX[lengthBytes >>> shift & 0xF]);
    }
    to.writeShort(CRLF);
  }
}
