package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import io.flvkit.codec.internal.Carry;
import java.nio.ByteBuffer;

/**
 * Framing that never jumps by a size it cannot check.
 *
 * <p>Assumes that most tags are intact. Guarantees: a tag is trusted if its PreviousTagSize agrees,
 * or if its body and the header after it are plausible; otherwise the search begins one byte after
 * its start, so that no intact tag is jumped over. Each byte is looked at a bounded number of
 * times; what is held is bounded by the largest tag.
 */
final class RecoveringFramer extends Framer {
  private static final int SEARCH_PIECE_BYTES = 8 << 10;

  private enum State {
    START,
    SYNC,
    SEARCH
  }

  private final Carry carry = new Carry();
  private final Plausibility plausibility;
  private final TagJudge judge;
  private State state = State.START;
  private boolean headerSeen;
  private boolean ended;

  /** Bytes from the current position that the next decision needs. */
  private int needed = 1;

  private long gapStart;
  private boolean gapIsUnfinishedTag;

  RecoveringFramer(FlvLimits limits, FlvHandler handler) {
    super(limits, handler);
    plausibility = new Plausibility(limits);
    judge = new TagJudge(plausibility);
  }

  @Override
  void step(ByteBuffer chunk) {
    if (carry.isEmpty()) {
      int start = chunk.position();
      int taken = take(chunk, start, chunk.limit());
      chunk.position(start + taken);
      if (taken == 0) {
        append(chunk);
      }
      return;
    }
    if (takeCarried() == 0) {
      append(chunk);
    }
  }

  @Override
  boolean settle() {
    return carry.bytes() >= needed && !carry.isEmpty() && takeCarried() > 0;
  }

  private int takeCarried() {
    int taken = take(carry.buffer(), carry.first(), carry.last());
    carry.drop(taken);
    return taken;
  }

  @Override
  boolean drain() {
    ended = true;
    if (!carry.isEmpty()) {
      takeCarried();
      return true;
    }
    if (state == State.START) {
      error(FlvProblem.Kind.TRUNCATED, position, "the input ended before the header");
    } else if (state == State.SEARCH) {
      endGap();
    }
    return false;
  }

  private void append(ByteBuffer chunk) {
    int missing = Math.max(needed - carry.bytes(), 1);
    int wanted = state == State.SEARCH ? Math.max(missing, SEARCH_PIECE_BYTES) : missing;
    carry.append(chunk, Math.min(wanted, chunk.remaining()), carry.bytes() + wanted);
  }

  /** Takes what can be decided from {@code at} on; 0 if {@link #needed} bytes are not there. */
  private int take(ByteBuffer in, int at, int limit) {
    int taken =
        switch (state) {
          case START -> takeStart(in, at, limit);
          case SYNC -> takeTag(in, at, limit);
          case SEARCH -> search(in, at, limit);
        };
    position += taken;
    if (taken > 0) {
      needed = 1;
    }
    return taken;
  }

  private int takeStart(ByteBuffer in, int at, int limit) {
    if (limit - at < FlvHeader.BYTES && !ended) {
      return await(FlvHeader.BYTES);
    }
    if (limit - at >= FlvHeader.BYTES && Bytes.uint24(in, at) == 0x464C56) {
      return takeHeader(in, at, limit);
    }
    error(FlvProblem.Kind.HEADER, position, "no FLV header");
    return beginSearch(in, at, limit);
  }

  private int takeHeader(ByteBuffer in, int at, int limit) {
    int declared = Bytes.int32(in, at + 5);
    boolean usable = declared >= FlvHeader.BYTES && declared <= limits.maxHeaderBytes();
    int headerBytes = usable ? declared : FlvHeader.BYTES;
    int withTrailer = headerBytes + FlvTag.TRAILER_BYTES;
    if (limit - at < withTrailer && !ended) {
      return await(withTrailer);
    }
    if (limit - at < headerBytes) {
      error(FlvProblem.Kind.TRUNCATED, position, "the input ended inside the header");
      state = State.SYNC;
      return limit - at;
    }
    int trailer = limit - at < withTrailer ? 0 : Bytes.int32(in, at + headerBytes);
    int tagAfter = withTrailer + FlvTag.HEADER_BYTES;
    if (trailer != 0 && limit - at < tagAfter && !ended) {
      return await(tagAfter);
    }
    boolean noTrailer = trailer != 0 && lacksTrailer(in, at + headerBytes, limit);
    if (!usable) {
      error(FlvProblem.Kind.HEADER, position + 5, "data offset " + declared);
    } else if (trailer != 0 && !noTrailer && !headerSeen) {
      warnOfTrailer(position + headerBytes, trailer, 0);
    }
    handOut(FlvHeader.of(in, at, headerBytes));
    return Math.min(limit - at, noTrailer ? headerBytes : withTrailer);
  }

  /** Whether a tag follows a file header at once, without PreviousTagSize0. */
  private boolean lacksTrailer(ByteBuffer in, int end, int limit) {
    int afterTrailer = end + FlvTag.TRAILER_BYTES;
    boolean tagAfterTrailer =
        limit - afterTrailer >= FlvTag.HEADER_BYTES && plausibility.isTagHeader(in, afterTrailer);
    return !tagAfterTrailer
        && limit - end >= FlvTag.HEADER_BYTES
        && plausibility.isTagHeader(in, end);
  }

  private void handOut(FlvHeader header) {
    state = State.SYNC;
    if (headerSeen) {
      handler.onRestart(header, position);
    } else {
      headerSeen = true;
      emitHeader(header, position);
    }
  }

  private int takeTag(ByteBuffer in, int at, int limit) {
    if (in.get(at) == 'F') {
      if (limit - at < FlvHeader.BYTES && !ended) {
        return await(FlvHeader.BYTES);
      }
      if (limit - at >= FlvHeader.BYTES && Plausibility.isFileHeader(in, at)) {
        return takeHeader(in, at, limit);
      }
    }
    int verdict = judge.judge(in, at, limit, position, false, ended);
    if (verdict == TagJudge.ACCEPTED) {
      return accept(in, at, limit);
    }
    return verdict == TagJudge.REJECTED ? beginSearch(in, at, limit) : await(verdict);
  }

  private int accept(ByteBuffer in, int at, int limit) {
    if (!headerSeen) {
      headerSeen = true;
      handler.onHeader(new FlvHeader(1, 0, ""));
    }
    int bodyBytes = Bytes.uint24(in, at + 1);
    int tagBytes = FlvTag.HEADER_BYTES + bodyBytes;
    plausibility.trust(in, at);
    emit(in, at, bodyBytes, position);
    if (limit - at < tagBytes + FlvTag.TRAILER_BYTES) {
      return limit - at;
    }
    int declared = Bytes.int32(in, at + tagBytes);
    plausibility.trustSizes(declared == tagBytes);
    if (declared != tagBytes) {
      warnOfTrailer(position + tagBytes, declared, tagBytes);
    }
    return tagBytes + FlvTag.TRAILER_BYTES;
  }

  private int beginSearch(ByteBuffer in, int at, int limit) {
    state = State.SEARCH;
    gapStart = position;
    gapIsUnfinishedTag = ended && judge.isUnfinishedTag(in, at, limit);
    return search(in, at, limit);
  }

  /** Skips to the next header or tag to trust, or to where more bytes are needed to tell. */
  private int search(ByteBuffer in, int from, int limit) {
    int at = from;
    int verdict = TagJudge.REJECTED;
    while (at < limit && verdict == TagJudge.REJECTED) {
      verdict = judgeInSearch(in, at, limit, position + (at - from));
      if (verdict == TagJudge.REJECTED) {
        at++;
      }
    }
    long reached = position + (at - from);
    if (reached - gapStart > limits.maxResyncBytes()) {
      throw new FlvFormatException(gapStart, "no tag within " + limits.maxResyncBytes() + " bytes");
    }
    if (verdict != TagJudge.ACCEPTED) {
      return at > from ? at - from : await(verdict);
    }
    state = State.SYNC;
    gapIsUnfinishedTag = false;
    long skipped = reached - gapStart;
    if (skipped > 0) {
      errorOfGap(gapStart, skipped);
    }
    return at > from ? at - from : takeTag(in, at, limit);
  }

  private int judgeInSearch(ByteBuffer in, int at, int limit, long place) {
    if (in.get(at) == 'F') {
      if (limit - at >= FlvHeader.BYTES) {
        if (Plausibility.isFileHeader(in, at)) {
          return TagJudge.ACCEPTED;
        }
      } else if (!ended) {
        return FlvHeader.BYTES;
      }
    }
    return judge.judge(in, at, limit, place, true, ended);
  }

  private void endGap() {
    long skipped = position - gapStart;
    if (gapIsUnfinishedTag) {
      String what = "the input ended inside a tag of which " + skipped + " bytes came";
      error(FlvProblem.Kind.TRUNCATED, gapStart, what);
    } else {
      errorOfGap(gapStart, skipped);
    }
  }

  private int await(int bytes) {
    needed = bytes;
    return 0;
  }
}
