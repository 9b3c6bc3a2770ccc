package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import java.nio.ByteBuffer;

/** Makes changed copies of tags in a buffer that is reused: each result is valid until the next. */
final class Retag {
  private ByteBuffer scratch = ByteBuffer.allocate(4096);
  private final FlvTag tag = new FlvTag();

  /** A buffer for a body of up to {@code maxBytes}; {@link #finish} makes the tag of it. */
  ByteBuffer begin(int maxBytes) {
    int needed = FlvTag.HEADER_BYTES + maxBytes;
    if (scratch.capacity() < needed) {
      scratch = ByteBuffer.allocate(needed);
    }
    return scratch.clear().position(FlvTag.HEADER_BYTES);
  }

  /**
   * The tag whose body was written since {@link #begin}, with time and place of {@code original}.
   */
  FlvTag finish(FlvTag original) {
    int bodyBytes = scratch.position() - FlvTag.HEADER_BYTES;
    scratch.position(0);
    FlvWriter.putTagHeader(scratch, original.type(), original.timestampMillis(), bodyBytes);
    tag.wrap(scratch, 0, bodyBytes, original.position());
    return tag;
  }

  /** The tag with another body, time and place as before. */
  FlvTag withBody(FlvTag original, ByteBuffer body) {
    begin(body.remaining()).put(body);
    return finish(original);
  }

  /** The tag with another time, reserved bits and StreamID cleared, the Filter bit kept. */
  FlvTag clean(FlvTag original, long timestampMillis) {
    begin(original.bodyBytes()).put(original.body());
    int bodyBytes = original.bodyBytes();
    scratch.position(0);
    FlvWriter.putTagHeader(scratch, original.type(), timestampMillis, bodyBytes);
    if (original.isFiltered()) {
      scratch.put(0, (byte) (original.type() | 0x20));
    }
    tag.wrap(scratch, 0, bodyBytes, original.position());
    return tag;
  }

  /** The tag with another time, otherwise as received. */
  FlvTag at(FlvTag original, long timestampMillis) {
    int streamId = original.streamId();
    int first = original.wire().get(original.wire().position());
    FlvTag moved = clean(original, timestampMillis);
    scratch.put(0, (byte) first).position(8);
    Bytes.putUint24(scratch, streamId);
    tag.wrap(scratch, 0, original.bodyBytes(), original.position());
    return moved;
  }
}
