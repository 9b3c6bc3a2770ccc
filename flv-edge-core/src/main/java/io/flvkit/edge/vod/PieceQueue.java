package io.flvkit.edge.vod;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Copies bytes in and hands them out in pieces of a size worth a write. Confined to one thread. */
final class PieceQueue {
  private static final int PIECE_BYTES = 64 * 1024;

  private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
  private int bytes;

  /** Takes all of {@code source}. */
  void add(ByteBuffer source) {
    bytes += source.remaining();
    while (source.hasRemaining()) {
      ByteBuffer last = pieces.peekLast();
      if (last == null || !last.hasRemaining()) {
        last = ByteBuffer.allocate(PIECE_BYTES);
        pieces.addLast(last);
      }
      int count = Math.min(last.remaining(), source.remaining());
      last.put(last.position(), source, source.position(), count);
      last.position(last.position() + count);
      source.position(source.position() + count);
    }
  }

  /** How much waits. */
  int bytes() {
    return bytes;
  }

  /** The oldest piece, now the caller's; there must be one. */
  ByteBuffer take() {
    ByteBuffer piece = pieces.remove().flip();
    bytes -= piece.remaining();
    return piece;
  }

  void clear() {
    pieces.clear();
    bytes = 0;
  }
}
