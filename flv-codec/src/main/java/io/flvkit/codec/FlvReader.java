package io.flvkit.codec;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Pull reader: an iterator over the tags of a channel or stream. Reads 64 KiB at a time. Confined
 * to one thread. Failing reads are {@link UncheckedIOException}, broken input {@link
 * FlvFormatException}.
 *
 * <pre>{@code
 * try (FlvReader reader = FlvReader.of(FileChannel.open(path), FlvLimits.defaults())) {
 *   reader.forEachRemaining(tag -> System.out.println(tag));
 * }
 * }</pre>
 */
public final class FlvReader implements Iterator<FlvTag>, Closeable {
  private static final int CHUNK_BYTES = 64 << 10;

  private final ReadableByteChannel channel;
  private final Framer framer;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).limit(0);
  private @Nullable FlvHandler listener;
  private @Nullable FlvHeader header;
  private @Nullable FlvTag pending;
  private boolean ended;

  private FlvReader(ReadableByteChannel channel, FlvLimits limits, boolean recovering) {
    this.channel = channel;
    Events events = new Events();
    this.framer =
        recovering ? new RecoveringFramer(limits, events) : new StrictFramer(limits, events);
  }

  /** A strict reader of {@code channel}, which has to be blocking; {@link #close} closes it. */
  public static FlvReader of(ReadableByteChannel channel, FlvLimits limits) {
    return new FlvReader(channel, limits, false);
  }

  /** A strict reader of {@code stream}; {@link #close} closes it. */
  public static FlvReader of(InputStream stream, FlvLimits limits) {
    return of(Channels.newChannel(stream), limits);
  }

  /** A reader that goes on behind damage, see {@link FlvParser#recovering}. */
  public static FlvReader recovering(ReadableByteChannel channel, FlvLimits limits) {
    return new FlvReader(channel, limits, true);
  }

  /** The file header; reads as far as needed. Empty if a recovering reader found no FLV at all. */
  public Optional<FlvHeader> header() {
    while (header == null && advance()) {
      // one unit each
    }
    return Optional.ofNullable(header);
  }

  /** Whether there is another tag; reads as far as needed. Ends the validity of the last tag. */
  @Override
  public boolean hasNext() {
    while (pending == null && advance()) {
      // one unit each
    }
    return pending != null;
  }

  /** The next tag: a reused view, valid until the reader is asked for more. */
  @Override
  public FlvTag next() {
    FlvTag tag = hasNext() ? pending : null;
    if (tag == null) {
      throw new NoSuchElementException();
    }
    pending = null;
    return tag;
  }

  /** The remaining tags as copies that stay valid. */
  public Stream<FlvTag> stream() {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, traits), false)
        .map(FlvTag::copy);
  }

  /** Hands header, remaining tags, restarts and problems to {@code handler}, to the end. */
  public void transferTo(FlvHandler handler) {
    listener = handler;
    header().ifPresent(handler::onHeader);
    while (hasNext()) {
      handler.onTag(next());
    }
  }

  /** Bytes understood or skipped so far. */
  public long position() {
    return framer.position;
  }

  /** Closes the channel or stream. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Takes one more unit; false at the end. */
  private boolean advance() {
    if (chunk.hasRemaining()) {
      framer.step(chunk);
      return true;
    }
    if (framer.settle()) {
      return true;
    }
    if (ended) {
      return framer.drain();
    }
    try {
      ended = channel.read(chunk.clear()) < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    chunk.flip();
    return true;
  }

  private final class Events implements FlvHandler {
    @Override
    public void onHeader(FlvHeader found) {
      header = found;
    }

    @Override
    public void onTag(FlvTag tag) {
      pending = tag;
    }

    @Override
    public void onRestart(FlvHeader again, long position) {
      if (listener != null) {
        listener.onRestart(again, position);
      }
    }

    @Override
    public void onProblem(FlvProblem problem) {
      if (listener != null) {
        listener.onProblem(problem);
      }
    }
  }
}
