package io.flvkit.codec;

import java.nio.ByteBuffer;

/** A file of many equal key frames that is never in memory: for sizes beyond 32 bits. */
final class HugeFile implements ByteSource {
  static final int STEP_MILLIS = 40;
  private static final int START_BYTES = FlvHeader.BYTES + FlvTag.TRAILER_BYTES;

  private final int tags;
  private final ByteBuffer start = ByteBuffer.allocate(START_BYTES);
  private final ByteBuffer tag;

  HugeFile(int tags, int bodyBytes) {
    this.tags = tags;
    this.tag = ByteBuffer.allocate(FlvWriter.tagBytes(bodyBytes));
    FlvWriter.putHeader(start, new FlvHeader(false, true));
    byte[] body = new byte[bodyBytes];
    body[0] = 0x12;
    FlvWriter.putTag(tag, TagType.VIDEO, 0, ByteBuffer.wrap(body));
  }

  @Override
  public long bytes() {
    return START_BYTES + (long) tags * tag.capacity();
  }

  @Override
  public int read(long position, ByteBuffer target) {
    if (position >= bytes()) {
      return -1;
    }
    if (position < START_BYTES) {
      return put(start, (int) position, target);
    }
    int index = (int) ((position - START_BYTES) / tag.capacity());
    int millis = index * STEP_MILLIS;
    tag.putShort(4, (short) (millis >> 8)).put(6, (byte) millis);
    return put(tag, (int) ((position - START_BYTES) % tag.capacity()), target);
  }

  private static int put(ByteBuffer from, int at, ByteBuffer target) {
    int bytes = Math.min(target.remaining(), from.capacity() - at);
    target.put(from.slice(at, bytes));
    return bytes;
  }
}
