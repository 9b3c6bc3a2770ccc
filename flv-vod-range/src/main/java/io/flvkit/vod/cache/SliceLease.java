package io.flvkit.vod.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The use of a verified slice on disk. The channel is shared: read it at positions only, and not
 * after {@link #close}, which may come from any thread and more than once.
 */
public final class SliceLease implements AutoCloseable {
  private final FileChannel channel;
  private final long offset;
  private final int lengthBytes;
  private final Release release;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Gives the use back. */
  interface Release {
    void run() throws IOException;
  }

  SliceLease(FileChannel channel, long offset, int lengthBytes, Release release) {
    this.channel = channel;
    this.offset = offset;
    this.lengthBytes = lengthBytes;
    this.release = release;
  }

  /** The file that holds the slice. */
  public FileChannel channel() {
    return channel;
  }

  /** Where in that file the slice begins. */
  public long offset() {
    return offset;
  }

  /** Bytes of the slice. */
  public int lengthBytes() {
    return lengthBytes;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        release.run();
      } catch (IOException e) {
        throw new CacheException("cannot close a slice that was only read", e);
      }
    }
  }
}
