package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import java.nio.ByteBuffer;

/**
 * Looks for tags inside a tag that is still coming in: three in a row with matching sizes say that
 * the size of the outer one is wrong. Remembers how far it has looked, so each byte is looked at
 * once.
 */
final class LookAhead {
  private static final int CHAIN = 3;

  private final Plausibility plausibility;
  private long suspect = -1;
  private long lookedTo;

  LookAhead(Plausibility plausibility) {
    this.plausibility = plausibility;
  }

  /**
   * Whether there are tags in what has come of the suspect.
   *
   * @param at index of the suspect in {@code in}
   * @param position the same place in the input
   */
  boolean findsTags(ByteBuffer in, int at, int limit, long position) {
    if (suspect != position) {
      suspect = position;
      lookedTo = position + FlvTag.HEADER_BYTES;
    }
    int start = at + (int) (lookedTo - position);
    while (limit - start >= FlvTag.HEADER_BYTES) {
      int chain = plausibility.isTagHeader(in, start) ? chain(in, start, limit) : 0;
      if (chain != 0) {
        lookedTo = position + (start - at);
        return chain > 0;
      }
      start++;
    }
    lookedTo = position + (start - at);
    return false;
  }

  /** Positive if three tags follow each other, 0 if not, negative if more bytes are needed. */
  private int chain(ByteBuffer in, int from, int limit) {
    int at = from;
    for (int i = 0; i < CHAIN; i++) {
      if (limit - at < FlvTag.HEADER_BYTES) {
        return -1;
      }
      if (!plausibility.isTagHeader(in, at)) {
        return 0;
      }
      int tagBytes = FlvTag.HEADER_BYTES + Bytes.uint24(in, at + 1);
      if (limit - at < tagBytes + FlvTag.TRAILER_BYTES) {
        return -1;
      }
      if (Bytes.int32(in, at + tagBytes) != tagBytes) {
        return 0;
      }
      at += tagBytes + FlvTag.TRAILER_BYTES;
    }
    return 1;
  }
}
