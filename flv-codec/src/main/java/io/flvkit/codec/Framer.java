package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import java.nio.ByteBuffer;

/**
 * Cuts a stream of bytes into tags. One step emits one tag at most, so that a push parser and a
 * pull reader share it.
 */
abstract class Framer {
  /**
   * So many problems tell their figures; a flood of them goes on in fixed words and costs little.
   */
  private static final int MAX_FIGURES = 256;

  final FlvLimits limits;
  final FlvHandler handler;
  final FlvTag tag = new FlvTag();

  /** Position in the input of the next byte to be interpreted. */
  long position;

  private int figures;

  Framer(FlvLimits limits, FlvHandler handler) {
    this.limits = limits;
    this.handler = handler;
  }

  /** Takes some bytes of {@code chunk}, all of them in the end. */
  abstract void step(ByteBuffer chunk);

  /**
   * Takes one more unit of what was buffered and has become whole, after a chunk was used up; false
   * if there is none. Nothing whole waits for the next chunk, which may come much later.
   */
  boolean settle() {
    return false;
  }

  /** Takes one more unit of what is buffered after the input has ended; false if none is left. */
  abstract boolean drain();

  final void warn(FlvProblem.Kind kind, long at, String message) {
    handler.onProblem(FlvProblem.warning(kind, at, message));
  }

  final void error(FlvProblem.Kind kind, long at, String message) {
    handler.onProblem(FlvProblem.error(kind, at, message));
  }

  /** Hands out the complete tag at {@code start}, after a word on its reserved bits. */
  final void emit(ByteBuffer in, int start, int bodyBytes, long at) {
    tag.wrap(in, start, bodyBytes, at);
    if ((in.get(start) & 0xC0) != 0 || Bytes.uint24(in, start + 8) != 0) {
      warnOfHeader(at);
    }
    handler.onTag(tag);
  }

  private void warnOfHeader(long at) {
    String what = "reserved bits or StreamID set";
    if (tellsFigures()) {
      what = "reserved bits " + tag.reservedBits() + ", StreamID " + tag.streamId();
    }
    warn(FlvProblem.Kind.TAG_HEADER, at, what);
  }

  final void emitHeader(FlvHeader header, long at) {
    if (header.version() != 1 || (header.flags() & 0xFA) != 0) {
      String what = "header version " + header.version() + ", flags " + header.flags();
      warn(FlvProblem.Kind.HEADER, at + 3, what);
    }
    handler.onHeader(header);
  }

  final void warnOfTrailer(long at, int declared, int expected) {
    String what = "PreviousTagSize is not the size of the tag before";
    if (tellsFigures()) {
      what = "PreviousTagSize " + Integer.toUnsignedString(declared) + " instead of " + expected;
    }
    warn(FlvProblem.Kind.PREVIOUS_TAG_SIZE, at, what);
  }

  final void errorOfGap(long at, long skippedBytes) {
    String what = tellsFigures() ? skippedBytes + " bytes skipped" : "bytes skipped";
    error(FlvProblem.Kind.GARBAGE, at, what);
  }

  private boolean tellsFigures() {
    figures = Math.min(figures + 1, MAX_FIGURES + 1);
    return figures <= MAX_FIGURES;
  }
}
