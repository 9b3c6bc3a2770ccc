package io.flvkit.edge.vod;

import io.flvkit.vod.ByteRange;
import java.nio.ByteBuffer;
import java.util.stream.Stream;

/** A stretch of an answer's content. */
sealed interface Segment {
  long lengthBytes();

  /** The bytes of the file, if it is of those. */
  default Stream<ByteRange> ofFile() {
    return this instanceof OfFile part ? Stream.of(part.range()) : Stream.empty();
  }

  /**
   * Made by us.
   *
   * @param bytes not changed any more
   */
  record Made(ByteBuffer bytes) implements Segment {
    @Override
    public long lengthBytes() {
      return bytes.remaining();
    }
  }

  /** Bytes of the file. */
  record OfFile(ByteRange range) implements Segment {
    @Override
    public long lengthBytes() {
      return range.length();
    }
  }
}
