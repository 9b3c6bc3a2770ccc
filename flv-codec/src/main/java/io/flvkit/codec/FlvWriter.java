package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import java.nio.ByteBuffer;

/**
 * Writes FLV into buffers, advancing their positions. Stateless; the caller brings a buffer with
 * enough room ({@link #tagBytes}).
 *
 * <pre>{@code
 * ByteBuffer body = OnMetaData.empty().with("encoder", AmfValue.of("mine")).toBody();
 * ByteBuffer stream = ByteBuffer.allocate(13 + FlvWriter.tagBytes(body.remaining()));
 * FlvWriter.putHeader(stream, new FlvHeader(true, true));
 * FlvWriter.putTag(stream, TagType.SCRIPT, 0, body);
 * }</pre>
 */
public final class FlvWriter {
  private FlvWriter() {}

  /** Bytes that a tag takes with header, body and PreviousTagSize. */
  public static int tagBytes(int bodyBytes) {
    return FlvTag.HEADER_BYTES + bodyBytes + FlvTag.TRAILER_BYTES;
  }

  /** Writes the file header and PreviousTagSize0: 13 bytes and the extension of the header. */
  public static void putHeader(ByteBuffer target, FlvHeader header) {
    Bytes.putUint24(target, 0x464C56);
    target.put((byte) header.version()).put((byte) header.flags());
    Bytes.putInt32(target, header.dataOffset());
    for (int i = 0; i < header.extension().length(); i++) {
      target.put((byte) header.extension().charAt(i));
    }
    Bytes.putInt32(target, 0);
  }

  /**
   * Writes a tag of its parts with its PreviousTagSize. The position of {@code body} stays.
   *
   * @param type 0..31
   * @param timestampMillis low 32 bits are taken
   */
  public static void putTag(ByteBuffer target, int type, long timestampMillis, ByteBuffer body) {
    int bodyBytes = body.remaining();
    putTagHeader(target, type, timestampMillis, bodyBytes);
    target.put(body.duplicate());
    putTrailer(target, bodyBytes);
  }

  /** Writes a tag as it was received, with a correct PreviousTagSize. */
  public static void putTag(ByteBuffer target, FlvTag tag) {
    target.put(tag.wire());
    putTrailer(target, tag.bodyBytes());
  }

  /** Writes a tag as it was received at another time, with a correct PreviousTagSize. */
  public static void putTagAt(ByteBuffer target, long timestampMillis, FlvTag tag) {
    int start = target.position();
    putTag(target, tag);
    int end = target.position();
    target.position(start + 4);
    putTimestamp(target, timestampMillis);
    target.position(end);
  }

  /**
   * Writes the 11 bytes before a body, StreamID 0.
   *
   * @param type 0..31
   * @param timestampMillis low 32 bits are taken
   * @param bodyBytes 0..16,777,215
   */
  public static void putTagHeader(
      ByteBuffer target, int type, long timestampMillis, int bodyBytes) {
    if ((type & ~0x1F) != 0 || (bodyBytes & ~FlvLimits.FORMAT_MAX_TAG_BYTES) != 0) {
      throw new IllegalArgumentException("type " + type + ", " + bodyBytes + " bytes");
    }
    target.put((byte) type);
    Bytes.putUint24(target, bodyBytes);
    putTimestamp(target, timestampMillis);
    Bytes.putUint24(target, 0);
  }

  /** Writes the PreviousTagSize after a tag with {@code bodyBytes} of body. */
  public static void putTrailer(ByteBuffer target, int bodyBytes) {
    Bytes.putInt32(target, FlvTag.HEADER_BYTES + bodyBytes);
  }

  /** Low 24 bits first, then the high 8: the order of the wire. */
  private static void putTimestamp(ByteBuffer target, long timestampMillis) {
    Bytes.putUint24(target, (int) timestampMillis);
    target.put((byte) (timestampMillis >> 24));
  }
}
