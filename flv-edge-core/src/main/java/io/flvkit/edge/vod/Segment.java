package io.flvkit.edge.vod;

import io.flvkit.vod.ByteRange;
import java.nio.ByteBuffer;

/** A stretch of an answer's content. */
sealed interface Segment {
  long lengthBytes();

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
