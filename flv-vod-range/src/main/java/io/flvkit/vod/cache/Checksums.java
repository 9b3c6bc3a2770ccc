package io.flvkit.vod.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.zip.CRC32C;

/** Checksums of slices. */
final class Checksums {
  private static final int BUFFER_BYTES = 64 * 1024;

  private Checksums() {}

  /** Of bytes in memory, which stay unread. */
  static int of(List<ByteBuffer> pieces) {
    CRC32C crc = new CRC32C();
    pieces.forEach(piece -> crc.update(piece.duplicate()));
    return (int) crc.getValue();
  }

  /** Whether a file holds that slice, header and all. */
  static boolean matches(FileChannel channel, StoredSlice slice) throws IOException {
    if (channel.size() != slice.bytes()) {
      return false;
    }
    ByteBuffer page = ByteBuffer.allocate(SliceHeader.BYTES);
    readFully(channel, page, 0);
    SliceHeader header = SliceHeader.read(page.flip());
    if (header == null
        || header.index() != slice.index()
        || header.checksum() != slice.checksum()
        || !header.version().equals(slice.file().version())) {
      return false;
    }
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    for (long at = SliceHeader.BYTES; at < slice.bytes(); at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, slice.bytes() - at));
      readFully(channel, buffer, at);
      crc.update(buffer.flip());
    }
    return (int) crc.getValue() == slice.checksum();
  }

  /** Fills {@code target} from a position on. */
  static void readFully(FileChannel channel, ByteBuffer target, long position) throws IOException {
    int wanted = target.remaining();
    for (int done = 0; done < wanted; ) {
      int count = channel.read(target, position + done);
      if (count < 0) {
        throw new IOException("the file ends early");
      }
      done += count;
    }
  }
}
