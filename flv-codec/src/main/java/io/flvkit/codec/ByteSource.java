package io.flvkit.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Bytes at positions: a file, a cache, an object in a store. */
public interface ByteSource {
  /** How many bytes there are. */
  long bytes() throws IOException;

  /**
   * Reads from {@code position} on into {@code target}, at least one byte if there is one.
   *
   * @return how many bytes were read, negative at the end
   */
  int read(long position, ByteBuffer target) throws IOException;

  /** The bytes of a file; the channel's own position is neither used nor moved. */
  static ByteSource of(FileChannel channel) {
    return new ByteSource() {
      @Override
      public long bytes() throws IOException {
        return channel.size();
      }

      @Override
      public int read(long position, ByteBuffer target) throws IOException {
        return channel.read(target, position);
      }
    };
  }

  /** The remaining bytes of a buffer, whose position stays. */
  static ByteSource of(ByteBuffer buffer) {
    ByteBuffer bytes = buffer.slice();
    return new ByteSource() {
      @Override
      public long bytes() {
        return bytes.limit();
      }

      @Override
      public int read(long position, ByteBuffer target) {
        if (position >= bytes.limit()) {
          return -1;
        }
        int count = Math.min(target.remaining(), bytes.limit() - (int) position);
        target.put(bytes.slice((int) position, count));
        return count;
      }
    };
  }
}
