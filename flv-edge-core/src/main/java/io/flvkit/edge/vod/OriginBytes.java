package io.flvkit.edge.vod;

import io.flvkit.codec.ByteSource;
import io.flvkit.vod.ByteRange;
import io.flvkit.vod.cache.FileVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Reads a file at its origins, in blocks that grow while it is read on and on. Blocks; confined to
 * one thread.
 */
final class OriginBytes implements ByteSource {
  /** Of the first block, and of one somewhere else. */
  static final int BLOCK_BYTES = 64 * 1024;

  private static final int BLOCK_BYTES_MAX = 1024 * 1024;

  private final FileVersion version;
  private final Function<ByteRange, CompletionStage<RangeAnswer>> origins;
  private long blockAt;
  private ByteBuffer block;

  /**
   * A reader.
   *
   * @param first what the file begins with
   * @param origins asks for a range
   */
  OriginBytes(
      FileVersion version,
      ByteBuffer first,
      Function<ByteRange, CompletionStage<RangeAnswer>> origins) {
    this.version = version;
    this.block = first;
    this.origins = origins;
  }

  @Override
  public long bytes() {
    return version.length();
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    if (position >= bytes()) {
      return -1;
    }
    if (position < blockAt || position >= blockAt + block.limit()) {
      fetch(position);
    }
    int from = (int) (position - blockAt);
    int count = Math.min(target.remaining(), block.limit() - from);
    target.put(block.slice(from, count));
    return count;
  }

  private void fetch(long position) throws IOException {
    boolean readOn = position == blockAt + block.limit();
    int size = readOn ? Math.min(2 * block.limit(), BLOCK_BYTES_MAX) : BLOCK_BYTES;
    long last = Math.min(position + size, bytes()) - 1;
    RangeAnswer answer = Patience.await(origins.apply(new ByteRange(position, last)));
    if (!(answer instanceof RangeAnswer.Bytes read)) {
      throw new IOException("the origin does not give the file: " + answer);
    }
    if (!read.version().isSameAs(version)) {
      throw new IOException("the file changed at its origin");
    }
    blockAt = position;
    block = read.bytes();
  }
}
