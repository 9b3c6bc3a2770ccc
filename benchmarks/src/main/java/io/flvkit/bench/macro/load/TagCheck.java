package io.flvkit.bench.macro.load;

import io.flvkit.bench.macro.origin.Mark;
import java.nio.ByteBuffer;

/**
 * Checks one viewer's FLV as it arrives, in pieces cut anywhere. Keeps no more of a tag than its
 * header and the first bytes of its body, where the mark is.
 */
final class TagCheck {
  private static final int FILE_HEADER_BYTES = 9;
  private static final int TAG_HEADER_BYTES = 4 + 11;
  private static final int BODY_START_BYTES = 40;
  private static final int AUDIO = 8;
  private static final int VIDEO = 9;
  private static final int SCRIPT = 18;

  private enum Part {
    FILE_HEADER,
    TAG_HEADER,
    BODY_START,
    REST
  }

  private final Tally tally;
  private final boolean sampled;
  private final long connectNanos;
  private final byte[] start = new byte[BODY_START_BYTES];
  private final TrackCheck video;
  private final TrackCheck audio;

  private Part part = Part.FILE_HEADER;
  private int have;
  private int need = FILE_HEADER_BYTES;
  private int type;
  private int bodyBytes;
  private int previousTagBytes;
  private boolean started;

  TagCheck(Tally tally, boolean sampled, long connectNanos) {
    this.tally = tally;
    this.sampled = sampled;
    this.connectNanos = connectNanos;
    video = new TrackCheck(tally);
    audio = new TrackCheck(tally);
  }

  /** Whether the first keyframe has come. */
  boolean hasStarted() {
    return started;
  }

  /** Takes the next {@code count} bytes. False: this is not FLV, leave it. */
  boolean accept(ByteBuffer bytes, int count, long nowNanos) {
    int end = bytes.position() + count;
    while (bytes.position() < end) {
      int piece = Math.min(need - have, end - bytes.position());
      if (part == Part.REST) {
        bytes.position(bytes.position() + piece);
      } else {
        bytes.get(start, have, piece);
      }
      have += piece;
      if (have == need && !next(nowNanos)) {
        tally.broken++;
        return false;
      }
    }
    return true;
  }

  private boolean next(long nowNanos) {
    have = 0;
    switch (part) {
      case FILE_HEADER -> {
        expect(Part.TAG_HEADER, TAG_HEADER_BYTES);
        return start[0] == 'F' && start[1] == 'L' && start[2] == 'V' && start[3] == 1;
      }
      case TAG_HEADER -> {
        return tagHeader();
      }
      case BODY_START -> {
        bodyStart(need, nowNanos);
        expectRest(bodyBytes - need);
      }
      default -> expect(Part.TAG_HEADER, TAG_HEADER_BYTES);
    }
    return true;
  }

  private boolean tagHeader() {
    if (number(0, 4) != previousTagBytes) {
      return false;
    }
    type = start[4];
    bodyBytes = number(5, 3);
    previousTagBytes = TAG_HEADER_BYTES - 4 + bodyBytes;
    if (type == VIDEO || type == AUDIO) {
      int timestampMillis = number(8, 3) | (start[11] << 24);
      (type == VIDEO ? video : audio).timestamp(timestampMillis);
    }
    tally.tags += tally.measuring ? 1 : 0;
    if (bodyBytes == 0) {
      expect(Part.TAG_HEADER, TAG_HEADER_BYTES);
    } else {
      expect(Part.BODY_START, Math.min(bodyBytes, BODY_START_BYTES));
    }
    return type == VIDEO || type == AUDIO || type == SCRIPT;
  }

  private void bodyStart(int bytes, long nowNanos) {
    boolean coded = type != SCRIPT && bytes > 1 && start[1] == 1;
    if (!coded) {
      return;
    }
    boolean keyframe = type == VIDEO && start[0] >> 4 == 1;
    if (type == VIDEO && !started) {
      started = true;
      tally.notKeyframeFirst += keyframe ? 0 : 1;
      tally.started(nowNanos - connectNanos, sampled);
    }
    int mark = type == VIDEO ? Mark.VIDEO_OFFSET : Mark.AUDIO_OFFSET;
    if (Mark.isAt(start, mark, bytes)) {
      (type == VIDEO ? video : audio).number(Mark.number(start, mark));
      long madeNanos = Mark.nanos(start, mark);
      // What was made before this viewer came is not late.
      if (madeNanos > connectNanos) {
        tally.arrived(nowNanos - madeNanos, sampled);
      }
    } else {
      tally.broken++;
    }
  }

  private void expectRest(int bytes) {
    if (bytes == 0) {
      expect(Part.TAG_HEADER, TAG_HEADER_BYTES);
    } else {
      expect(Part.REST, bytes);
    }
  }

  private void expect(Part next, int bytes) {
    part = next;
    need = bytes;
  }

  private int number(int offset, int bytes) {
    int value = 0;
    for (int i = offset; i < offset + bytes; i++) {
      value = (value << 8) | (start[i] & 0xFF);
    }
    return value;
  }
}
