package io.flvkit.edge.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The few bytes around what a server sends by a WebSocket (RFC 6455, section 5.2). */
final class WebSocketFrame {
  /** The stream came to its end. */
  static final int CLOSE_NORMAL = 1000;

  /** The client broke the protocol. */
  static final int CLOSE_PROTOCOL = 1002;

  /** The client sends more than this edge reads. */
  static final int CLOSE_POLICY = 1008;

  /** The stream broke. */
  static final int CLOSE_BROKEN = 1011;

  /** The edge is shutting down: come again. */
  static final int CLOSE_RESTART = 1012;

  /** Most bytes of a head. */
  private static final int HEAD_BYTES = 10;

  private static final int LAST_BINARY = 0x82;
  private static final int LAST_CLOSE = 0x88;
  private static final int LAST_PONG = 0x8A;
  private static final int SHORT_MAX = 125;

  private WebSocketFrame() {}

  /** The head of a binary message of that many bytes. */
  static ByteBuf binaryHead(ByteBufAllocator allocator, int lengthBytes) {
    ByteBuf head = allocator.directBuffer(HEAD_BYTES).writeByte(LAST_BINARY);
    if (lengthBytes <= SHORT_MAX) {
      head.writeByte(lengthBytes);
    } else if (lengthBytes <= 0xFFFF) {
      head.writeByte(126).writeShort(lengthBytes);
    } else {
      head.writeByte(127).writeLong(lengthBytes);
    }
    return head;
  }

  /** A whole close frame. */
  static ByteBuf close(ByteBufAllocator allocator, int code) {
    return allocator.directBuffer(4).writeByte(LAST_CLOSE).writeByte(2).writeShort(code);
  }

  /** A whole pong with the content of its ping, at most 125 bytes. */
  static ByteBuf pong(ByteBufAllocator allocator, ByteBuf content) {
    int length = content.readableBytes();
    return allocator
        .directBuffer(2 + length)
        .writeByte(LAST_PONG)
        .writeByte(length)
        .writeBytes(content, content.readerIndex(), length);
  }
}
