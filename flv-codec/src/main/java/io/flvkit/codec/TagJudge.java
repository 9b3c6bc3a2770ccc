package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import java.nio.ByteBuffer;

/** Decides whether a tag begins at some place of a damaged stream. */
final class TagJudge {
  /** The verdict that there is a tag. */
  static final int ACCEPTED = 0;

  /** The verdict that there is none. Other verdicts are the number of bytes that would tell. */
  static final int REJECTED = -1;

  /** A tag of a type that nobody knows is waited for up to this size. */
  private static final int MAX_UNKNOWN_BYTES = 64 << 10;

  /** Beyond this size a tag that is still coming in is doubted. */
  private static final int DOUBTED_BYTES = 64 << 10;

  private static final int MIN_TAG_BYTES = FlvTag.HEADER_BYTES + FlvTag.TRAILER_BYTES;

  private final Plausibility plausibility;
  private final LookAhead lookAhead;

  TagJudge(Plausibility plausibility) {
    this.plausibility = plausibility;
    this.lookAhead = new LookAhead(plausibility);
  }

  /**
   * Judges the bytes from {@code at} on. A PreviousTagSize that agrees is enough; without it the
   * body and the next header have to be plausible, and behind garbage the stream must be one whose
   * sizes never agree.
   *
   * @param position the place of {@code at} in the input
   * @param searching whether the place is a guess, not the end of a trusted tag: then it takes more
   * @param ended whether nothing comes after {@code limit}
   */
  int judge(ByteBuffer in, int at, int limit, long position, boolean searching, boolean ended) {
    if (limit - at < FlvTag.HEADER_BYTES) {
      return ended ? REJECTED : FlvTag.HEADER_BYTES;
    }
    int bodyBytes = Bytes.uint24(in, at + 1);
    boolean usual = plausibility.isTagHeader(in, at);
    if (!usual && (searching || bodyBytes > MAX_UNKNOWN_BYTES)) {
      return REJECTED;
    }
    int tagBytes = FlvTag.HEADER_BYTES + bodyBytes;
    if (limit - at >= tagBytes + FlvTag.TRAILER_BYTES) {
      if (Bytes.int32(in, at + tagBytes) == tagBytes) {
        return ACCEPTED;
      }
      return usual ? judgeByNext(in, at, tagBytes, limit, searching, ended) : REJECTED;
    }
    if (ended) {
      boolean whole = usual && !searching && limit - at >= tagBytes;
      return whole && hasPlausibleBody(in, at, bodyBytes) ? ACCEPTED : REJECTED;
    }
    if (tagBytes > DOUBTED_BYTES && lookAhead.findsTags(in, at, limit, position)) {
      return REJECTED;
    }
    return tagBytes + FlvTag.TRAILER_BYTES;
  }

  /** The PreviousTagSize is wrong: the body and what follows it decide. */
  private int judgeByNext(
      ByteBuffer in, int at, int tagBytes, int limit, boolean searching, boolean ended) {
    boolean doubtful = searching && plausibility.sizesAgree();
    if (doubtful || !hasPlausibleBody(in, at, tagBytes - FlvTag.HEADER_BYTES)) {
      return REJECTED;
    }
    int next = at + tagBytes + FlvTag.TRAILER_BYTES;
    if (next == limit && ended) {
      return searching ? REJECTED : ACCEPTED;
    }
    int needed = FlvTag.HEADER_BYTES + 1;
    if (limit - next < needed) {
      return ended ? REJECTED : tagBytes + FlvTag.TRAILER_BYTES + needed;
    }
    boolean plausible =
        Plausibility.isFileHeader(in, next)
            || (plausibility.isTagHeader(in, next)
                && (!searching || hasPlausibleBody(in, next, Bytes.uint24(in, next + 1))));
    return plausible ? ACCEPTED : REJECTED;
  }

  private static boolean hasPlausibleBody(ByteBuffer in, int at, int bodyBytes) {
    return Plausibility.isBody(in.get(at), in, at + FlvTag.HEADER_BYTES, bodyBytes);
  }

  /** Whether what is left from {@code at} on is the beginning of one tag. */
  boolean isUnfinishedTag(ByteBuffer in, int at, int limit) {
    return limit - at < MIN_TAG_BYTES
        || (plausibility.isTagHeader(in, at)
            && limit - at < FlvTag.HEADER_BYTES + Bytes.uint24(in, at + 1));
  }
}
