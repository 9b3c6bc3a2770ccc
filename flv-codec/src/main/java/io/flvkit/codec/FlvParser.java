package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import java.nio.ByteBuffer;

/**
 * Push parser: takes the bytes of a stream in any pieces and hands each complete tag to a {@link
 * FlvHandler}. A tag that lies inside one chunk is never copied; one that crosses a border is put
 * together in a buffer that grows with the bytes received, never with the size declared.
 *
 * <p>Strict: {@link FlvFormatException} says where the input stops being FLV, and nothing can be
 * parsed after it. A wrong PreviousTagSize alone is only a problem; with an implausible tag header
 * after it, framing is lost. Confined to one thread.
 */
public final class FlvParser {
  private static final int MIN_CARRY_BYTES = 256;

  private enum Unit {
    HEADER,
    FIRST_TRAILER,
    TRAILER,
    TAG
  }

  private final FlvLimits limits;
  private final FlvHandler handler;
  private final FlvTag tag = new FlvTag();

  private Unit unit = Unit.HEADER;
  private int unitBytes = FlvHeader.BYTES;

  /** Whether {@link #unitBytes} is final, or only what is needed to learn the size of the unit. */
  private boolean sized;

  private long position;
  private int lastBodyBytes;
  private boolean trailerWrong;
  private boolean failed;

  /** The received part of a unit that crosses a border: 0..carry.position() is filled. */
  private ByteBuffer carry = ByteBuffer.allocate(MIN_CARRY_BYTES);

  private FlvParser(FlvLimits limits, FlvHandler handler) {
    this.limits = limits;
    this.handler = handler;
  }

  /** A strict parser with {@link FlvLimits#defaults()}. */
  public static FlvParser create(FlvHandler handler) {
    return withLimits(FlvLimits.defaults(), handler);
  }

  /** A strict parser with the given limits. */
  public static FlvParser withLimits(FlvLimits limits, FlvHandler handler) {
    return new FlvParser(limits, handler);
  }

  /**
   * Parses the remaining bytes of {@code chunk} and hands each complete tag to the handler.
   * Consumes the whole chunk and keeps no reference to it. What the handler throws is passed on,
   * and the parser cannot be used after it.
   *
   * @throws FlvFormatException at the first byte that cannot be FLV
   */
  public void parse(ByteBuffer chunk) {
    if (failed) {
      throw new IllegalStateException("the parser has failed at byte " + position);
    }
    failed = true;
    while (chunk.hasRemaining()) {
      if (carry.position() > 0 || !takeFrom(chunk)) {
        carryOver(chunk);
      }
    }
    tag.unwrap();
    failed = false;
  }

  /**
   * Says that the input has ended.
   *
   * @throws FlvFormatException if it ended inside the header, a tag or a PreviousTagSize; a missing
   *     last PreviousTagSize is fine
   */
  public void end() {
    if (failed) {
      throw new IllegalStateException("the parser has failed at byte " + position);
    }
    failed = true;
    if (unit == Unit.HEADER || carry.position() > 0) {
      String where = unit == Unit.TAG ? "a tag" : unit == Unit.HEADER ? "the header" : "a trailer";
      throw new FlvFormatException(position, "the input ended inside " + where);
    }
  }

  /** Bytes consumed so far: all complete units; an unfinished tag does not count. */
  public long position() {
    return position;
  }

  /** Takes one unit out of the chunk; false if it is not complete there. */
  private boolean takeFrom(ByteBuffer chunk) {
    int start = chunk.position();
    int available = chunk.remaining();
    if (available < unitBytes) {
      return false;
    }
    if (!sized) {
      size(chunk, start);
      if (available < unitBytes) {
        return false;
      }
    }
    chunk.position(start + unitBytes);
    accept(chunk, start);
    return true;
  }

  /**
   * Moves bytes of an unfinished unit from the chunk to the carry, and takes the unit if it is
   * whole.
   */
  private void carryOver(ByteBuffer chunk) {
    int wanted = Math.min(unitBytes - carry.position(), chunk.remaining());
    reserve(wanted);
    carry.put(carry.position(), chunk, chunk.position(), wanted);
    carry.position(carry.position() + wanted);
    chunk.position(chunk.position() + wanted);
    if (carry.position() == unitBytes && !sized) {
      size(carry, 0);
    }
    if (carry.position() == unitBytes) {
      carry.position(0);
      accept(carry, 0);
    }
  }

  private void reserve(int bytes) {
    int needed = carry.position() + bytes;
    if (needed > carry.capacity()) {
      int doubled = (int) Math.min(2L * needed, Math.max(needed, unitBytes));
      carry = ByteBuffer.allocate(doubled).put(carry.flip());
    }
  }

  /** Learns the size of the unit from its first {@link #unitBytes} bytes at {@code start}. */
  private void size(ByteBuffer in, int start) {
    sized = true;
    if (unit == Unit.HEADER) {
      unitBytes = FlvHeader.checkedDataOffset(in, start, limits);
    } else if (unit == Unit.TAG) {
      int bodyBytes = Bytes.uint24(in, start + 1);
      checkTagHeader(in, start, bodyBytes);
      unitBytes = FlvTag.HEADER_BYTES + bodyBytes;
    }
  }

  private void checkTagHeader(ByteBuffer in, int start, int bodyBytes) {
    int first = Bytes.uint8(in, start);
    int streamId = Bytes.uint24(in, start + 8);
    boolean plausible = TagType.isKnown(first & 0xDF) && streamId == 0;
    if (!plausible && trailerWrong) {
      throw new FlvFormatException(position, "framing is lost: no tag follows the tag before");
    }
    if (first == 'F' && bodyBytes == 0x4C5601) {
      throw new FlvFormatException(position, "a second FLV header");
    }
    if (bodyBytes > limits.maxTagBytes()) {
      throw new FlvFormatException(
          position + 1, "a tag of " + bodyBytes + " bytes, limit " + limits.maxTagBytes());
    }
  }

  private void accept(ByteBuffer in, int start) {
    switch (unit) {
      case HEADER -> acceptHeader(in, start);
      case FIRST_TRAILER -> next(Unit.TAG, FlvTag.HEADER_BYTES);
      case TRAILER -> acceptTrailer(in, start);
      case TAG -> acceptTag(in, start);
    }
  }

  private void acceptHeader(ByteBuffer in, int start) {
    FlvHeader header = FlvHeader.read(in.duplicate().position(start), limits);
    if (header.version() != 1 || (header.flags() & 0xFA) != 0) {
      String what = "header version " + header.version() + ", flags " + header.flags();
      handler.onProblem(FlvProblem.warning(FlvProblem.Kind.HEADER, 3, what));
    }
    next(Unit.FIRST_TRAILER, FlvTag.TRAILER_BYTES);
    handler.onHeader(header);
  }

  private void acceptTrailer(ByteBuffer in, int start) {
    long declared = Bytes.int32(in, start) & 0xFFFF_FFFFL;
    int expected = FlvTag.HEADER_BYTES + lastBodyBytes;
    trailerWrong = declared != expected;
    long at = position;
    next(Unit.TAG, FlvTag.HEADER_BYTES);
    if (trailerWrong) {
      String what = "PreviousTagSize " + declared + " after a tag of " + expected + " bytes";
      handler.onProblem(FlvProblem.warning(FlvProblem.Kind.PREVIOUS_TAG_SIZE, at, what));
    }
  }

  private void acceptTag(ByteBuffer in, int start) {
    lastBodyBytes = unitBytes - FlvTag.HEADER_BYTES;
    tag.wrap(in, start, lastBodyBytes, position);
    next(Unit.TRAILER, FlvTag.TRAILER_BYTES);
    if (tag.reservedBits() != 0 || tag.streamId() != 0) {
      String what = "reserved bits " + tag.reservedBits() + ", StreamID " + tag.streamId();
      handler.onProblem(FlvProblem.warning(FlvProblem.Kind.TAG_HEADER, tag.position(), what));
    }
    handler.onTag(tag);
  }

  private void next(Unit following, int knownBytes) {
    position += unitBytes;
    unit = following;
    unitBytes = knownBytes;
    sized = following == Unit.TRAILER || following == Unit.FIRST_TRAILER;
  }
}
