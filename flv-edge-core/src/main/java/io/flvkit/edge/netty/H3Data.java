package io.flvkit.edge.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;

/** DATA frames of HTTP/3 (RFC 9114, section 7.2.1) around content that is not copied. */
final class H3Data {
  private static final int HEAD_BYTES_MAX = 9;
  private static final int ONE_BYTE_MAX = 0x3f;
  private static final int TWO_BYTES_MAX = 0x3fff;

  private H3Data() {}

  /** One frame of all these pieces. Takes over the buffers, which must be direct. */
  static ByteBuf frame(ByteBufAllocator allocator, List<ByteBuf> pieces) {
    ByteBuf[] parts = new ByteBuf[pieces.size() + 1];
    int length = 0;
    for (int i = 1; i < parts.length; i++) {
      parts[i] = pieces.get(i - 1);
      length += parts[i].readableBytes();
    }
    parts[0] = head(allocator, length);
    return Unpooled.wrappedUnmodifiableBuffer(parts);
  }

  /** Type 0 and the length as an integer of QUIC (RFC 9000, section 16). */
  private static ByteBuf head(ByteBufAllocator allocator, int length) {
    ByteBuf head = allocator.directBuffer(HEAD_BYTES_MAX).writeByte(0);
    if (length <= ONE_BYTE_MAX) {
      return head.writeByte(length);
    }
    return length <= TWO_BYTES_MAX
        ? head.writeShort(length | 0x4000)
        : length < 1 << 30
            ? head.writeInt(length | 0x8000_0000)
            : head.writeLong(length | 0xc000_0000_0000_0000L);
  }
}
