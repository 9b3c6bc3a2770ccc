package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Walks over the tags of a source from header to header, without reading large bodies. */
final class TagCursor {
  private static final int WINDOW_BYTES = 64 << 10;

  /** Of a body that does not fit in the window, this much is read: enough to classify it. */
  private static final int HEAD_BYTES = 1024;

  private final ByteSource source;
  private final FlvLimits limits;
  private final FlvTag tag = new FlvTag();
  private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
  private long windowStart;

  TagCursor(ByteSource source, FlvLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  /**
   * The tag at {@code position}: a view valid until the next call. Of script data and sequence
   * headers the body is whole, of others perhaps only its beginning.
   *
   * @throws FlvFormatException if no whole tag can be there
   */
  FlvTag at(long position) throws IOException {
    if (position < 0 || !load(position, FlvTag.HEADER_BYTES)) {
      throw new FlvFormatException(position, "no tag here");
    }
    int index = (int) (position - windowStart);
    int bodyBytes = Bytes.uint24(window, index + 1);
    int first = Bytes.uint8(window, index);
    if ((!TagType.isKnown(first & 0x1F) && first > 0x1F) || bodyBytes > limits.maxTagBytes()) {
      throw new FlvFormatException(position, "no tag here");
    }
    int present = Math.min(bodyBytes, HEAD_BYTES);
    tag.wrap(loaded(position, present), (int) (position - windowStart), present, position);
    boolean whole = tag.isScript() || tag.isSequenceHeader();
    if (whole && present < bodyBytes) {
      ByteBuffer in = loaded(position, bodyBytes);
      tag.wrap(in, (int) (position - windowStart), bodyBytes, position);
    }
    return tag;
  }

  /** Where the tag after the one at {@code position} begins, which may be the end of the source. */
  long after(long position) throws IOException {
    if (!load(position, FlvTag.HEADER_BYTES)) {
      throw new FlvFormatException(position, "no tag here");
    }
    int bodyBytes = Bytes.uint24(window, (int) (position - windowStart) + 1);
    return position + FlvWriter.tagBytes(bodyBytes);
  }

  /** The 32-bit number at {@code position}. */
  int int32(long position) throws IOException {
    if (!load(position, 4)) {
      throw new FlvFormatException(position, "the source ends here");
    }
    return Bytes.int32(window, (int) (position - windowStart));
  }

  /** The file header. */
  FlvHeader header() throws IOException {
    if (!load(0, FlvHeader.BYTES)) {
      throw new FlvFormatException(0, "the source ends inside the header");
    }
    int bytes = FlvHeader.checkedDataOffset(window, (int) -windowStart, limits);
    if (!load(0, bytes)) {
      throw new FlvFormatException(0, "the source ends inside the header");
    }
    return FlvHeader.read(window.duplicate().position((int) -windowStart), limits);
  }

  private ByteBuffer loaded(long position, int bodyBytes) throws IOException {
    if (!load(position, FlvTag.HEADER_BYTES + bodyBytes)) {
      throw new FlvFormatException(position, "the source ends inside a tag");
    }
    return window;
  }

  /** Makes the bytes available in the window; false if the source ends before. */
  private boolean load(long position, int bytes) throws IOException {
    if (position >= windowStart && position + bytes <= windowStart + window.limit()) {
      return true;
    }
    if (window.capacity() < bytes) {
      window = ByteBuffer.allocate(bytes);
    }
    windowStart = position;
    window.clear();
    while (window.position() < bytes && source.read(position + window.position(), window) >= 0) {
      // until there is enough
    }
    window.flip();
    return window.limit() >= bytes;
  }
}
