package io.flvkit.edge.netty;

import io.flvkit.edge.http.Body;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.EOFException;
import java.io.IOException;

/** Reads a stretch of a file piece by piece, for connections that the system cannot copy it to. */
final class FilePieces {
  private static final int PIECE_BYTES = 64 * 1024;

  private final Body.InFile file;
  private long offset;

  FilePieces(Body.InFile file) {
    this.file = file;
    this.offset = file.offset();
  }

  boolean hasMore() {
    return offset < file.offset() + file.lengthBytes();
  }

  /** The next piece; the caller owns it. Throws EOFException if the file became shorter. */
  ByteBuf next(ByteBufAllocator allocator) throws IOException {
    int wanted = (int) Math.min(PIECE_BYTES, file.offset() + file.lengthBytes() - offset);
    ByteBuf piece = allocator.directBuffer(wanted, wanted);
    try {
      while (piece.isWritable()) {
        int read = piece.writeBytes(file.file(), offset, piece.writableBytes());
        if (read < 0) {
          throw new EOFException("the file became shorter");
        }
        offset += read;
      }
      return piece.retain();
    } finally {
      piece.release();
    }
  }
}
