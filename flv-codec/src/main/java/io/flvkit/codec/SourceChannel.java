package io.flvkit.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.function.LongConsumer;

/** Reads a source from its beginning to its end. */
final class SourceChannel implements ReadableByteChannel {
  private final ByteSource source;
  private final LongConsumer progress;
  private long position;
  private boolean open = true;

  SourceChannel(ByteSource source, LongConsumer progress) {
    this.source = source;
    this.progress = progress;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = source.read(position, target);
    if (count > 0) {
      position += count;
      progress.accept(position);
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
