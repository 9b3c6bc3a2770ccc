package io.flvkit.codec;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Handler that writes what it gets to a channel, tags as received and each PreviousTagSize correct:
 * unchanged input gives identical output. Further headers are swallowed. Gathers small writes;
 * {@link #flush} or {@link #close} writes the rest. Confined to one thread.
 *
 * <pre>{@code
 * try (FlvOutput output = FlvOutput.to(channel)) {
 *   output.onHeader(new FlvHeader(true, true));
 *   tags.forEach(output::onTag);
 * }
 * }</pre>
 */
public final class FlvOutput implements FlvHandler, Closeable, Flushable {
  private static final int BUFFER_BYTES = 64 << 10;

  private final WritableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private long position;

  private FlvOutput(WritableByteChannel channel) {
    this.channel = channel;
  }

  /** Writes to {@code channel}, which has to be blocking; {@link #close} closes it. */
  public static FlvOutput to(WritableByteChannel channel) {
    return new FlvOutput(channel);
  }

  /** Bytes written so far, gathered ones included: where the next tag goes. */
  public long position() {
    return position;
  }

  /**
   * Writes the file header and PreviousTagSize0.
   *
   * @throws UncheckedIOException if the channel fails
   */
  @Override
  public void onHeader(FlvHeader header) {
    ByteBuffer bytes = ByteBuffer.allocate(header.dataOffset() + FlvTag.TRAILER_BYTES);
    FlvWriter.putHeader(bytes, header);
    put(bytes.flip());
  }

  /**
   * Writes a tag.
   *
   * @throws UncheckedIOException if the channel fails
   */
  @Override
  public void onTag(FlvTag tag) {
    put(tag.wire());
    makeRoom(FlvTag.TRAILER_BYTES);
    FlvWriter.putTrailer(buffer, tag.bodyBytes());
    position += FlvTag.TRAILER_BYTES;
  }

  /** Writes what has been gathered. */
  @Override
  public void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /** Writes what has been gathered and closes the channel. */
  @Override
  public void close() throws IOException {
    try (channel) {
      flush();
    }
  }

  private void put(ByteBuffer bytes) {
    position += bytes.remaining();
    makeRoom(Math.min(bytes.remaining(), BUFFER_BYTES));
    if (bytes.remaining() <= buffer.remaining()) {
      buffer.put(bytes);
      return;
    }
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void makeRoom(int bytes) {
    if (buffer.remaining() < bytes) {
      try {
        flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
