package io.flvkit.examples.origin;

import io.flvkit.codec.FlvFormatException;
import io.flvkit.codec.FlvHandler;
import io.flvkit.codec.FlvHeader;
import io.flvkit.codec.FlvLimits;
import io.flvkit.codec.FlvParser;
import io.flvkit.codec.FlvTag;
import io.flvkit.codec.OnMetaData;
import io.flvkit.examples.FlvKitException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tags of a file over and over, each pass later by the span of the clip. Metadata and
 * configuration are repeated only where they differ from what is in force; the end of a sequence is
 * left out, since the stream goes on. Keeps 64 KiB of the file and the tags in it.
 */
final class LoopReader implements AutoCloseable {
  private static final int READ_BYTES = 64 << 10;

  private final Path file;
  private final FileChannel channel;
  private final ClipSpan span;
  private final FlvHeader header;
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
  private final Queue<Due> ready = new ArrayDeque<>();
  private final Map<MediaTag.Slot, MediaTag> inForce = new HashMap<>();
  private FlvParser parser;
  private long shiftMillis;
  private boolean passEmpty = true;

  private record Due(long millis, MediaTag tag) {}

  private LoopReader(Path file, FileChannel channel, FlvHeader header, ClipSpan span) {
    this.file = file;
    this.channel = channel;
    this.header = header;
    this.span = span;
    this.shiftMillis = -span.firstMillis();
    this.parser = FlvParser.create(this::accept);
  }

  /** Opens a file and reads it once, to know its span. Throws what is wrong with it. */
  static LoopReader open(Path file) {
    try {
      FileChannel channel = FileChannel.open(file);
      try {
        return scan(file, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw FlvKitException.failed(file + ": no such file", e);
    } catch (IOException e) {
      throw FlvKitException.failed(file + ": cannot be read: " + e.getMessage(), e);
    } catch (FlvFormatException e) {
      throw FlvKitException.failed(file + ": " + e.getMessage(), e);
    }
  }

  private static LoopReader scan(Path file, FileChannel channel) throws IOException {
    Scan scan = new Scan();
    FlvParser parser = FlvParser.create(scan);
    ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
    while (channel.read(buffer.clear()) >= 0) {
      parser.parse(buffer.flip());
    }
    FlvHeader header = scan.header;
    if (header == null || scan.span.isEmpty()) {
      throw FlvKitException.failed(file + ": holds no audio and no video", null);
    }
    return new LoopReader(file, channel.position(0), header, scan.span);
  }

  private static final class Scan implements FlvHandler {
    final ClipSpan span = new ClipSpan();
    @Nullable FlvHeader header;

    @Override
    public void onHeader(FlvHeader found) {
      header = found;
    }

    @Override
    public void onTag(FlvTag tag) {
      span.add(tag);
    }
  }

  FlvHeader header() {
    return header;
  }

  /** When the next tag is due, in milliseconds since the first pass began. */
  long dueMillis() {
    return peek().millis();
  }

  /** The next tag; there is always one. */
  MediaTag next() {
    MediaTag tag = peek().tag();
    ready.remove();
    return tag;
  }

  private Due peek() {
    Due due = ready.peek();
    while (due == null) {
      read();
      due = ready.peek();
    }
    return due;
  }

  private void read() {
    try {
      if (channel.read(buffer.clear()) < 0) {
        beginAgain();
      } else {
        parser.parse(buffer.flip());
      }
    } catch (IOException e) {
      throw FlvKitException.failed(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private void beginAgain() throws IOException {
    if (passEmpty) {
      throw FlvKitException.failed(file + ": has been emptied", null);
    }
    passEmpty = true;
    channel.position(0);
    shiftMillis += span.spanMillis();
    parser = FlvParser.create(this::accept);
  }

  private void accept(FlvTag parsed) {
    MediaTag tag = MediaTag.copyOf(asLive(parsed));
    passEmpty &= !tag.isMedia();
    if (tag.kind() != MediaTag.Kind.SEQUENCE_END && !isRepeated(tag)) {
      long millis = Math.max(0, parsed.timestampMillis() + shiftMillis);
      ready.add(new Due(millis, tag.at(millis)));
    }
  }

  /** A live stream has no duration, size or index of a file. */
  private static FlvTag asLive(FlvTag tag) {
    return OnMetaData.of(tag, FlvLimits.defaults())
        .map(file -> FlvTag.of(tag.type(), tag.timestampMillis(), file.forLive().toBody()))
        .orElse(tag);
  }

  private boolean isRepeated(MediaTag tag) {
    if (tag.kind() != MediaTag.Kind.METADATA && tag.kind() != MediaTag.Kind.CONFIGURATION) {
      return false;
    }
    MediaTag before = inForce.put(tag.slot(), tag);
    return before != null && before.saysTheSameAs(tag);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FlvKitException.failed(file + ": cannot be closed: " + e.getMessage(), e);
    }
  }
}
