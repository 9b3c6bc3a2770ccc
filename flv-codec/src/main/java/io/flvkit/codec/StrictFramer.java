package io.flvkit.codec;

import io.flvkit.codec.internal.Bytes;
import io.flvkit.codec.internal.Carry;
import java.nio.ByteBuffer;

/** Framing that trusts sizes and stops at the first byte that cannot be FLV. */
final class StrictFramer extends Framer {
  private enum Unit {
    HEADER,
    FIRST_TRAILER,
    TRAILER,
    TAG
  }

  private final Carry carry = new Carry();
  private Unit unit = Unit.HEADER;
  private int unitBytes = FlvHeader.BYTES;

  /** Whether {@link #unitBytes} is final, or only what is needed to learn the size of the unit. */
  private boolean sized;

  private int lastBodyBytes;
  private boolean trailerWrong;

  StrictFramer(FlvLimits limits, FlvHandler handler) {
    super(limits, handler);
  }

  @Override
  void step(ByteBuffer chunk) {
    if (!carry.isEmpty() || (!takeTag(chunk) && !takeFrom(chunk))) {
      carryOver(chunk);
    }
  }

  @Override
  boolean drain() {
    if (unit == Unit.HEADER || !carry.isEmpty()) {
      String where = unit == Unit.TAG ? "a tag" : unit == Unit.HEADER ? "the header" : "a trailer";
      throw new FlvFormatException(position, "the input ended inside " + where);
    }
    return false;
  }

  /** The way of nearly all tags: all of it is there, and the PreviousTagSize behind it agrees. */
  private boolean takeTag(ByteBuffer chunk) {
    int start = chunk.position();
    int available = chunk.limit() - start;
    if (unit != Unit.TAG || trailerWrong || available < FlvTag.HEADER_BYTES) {
      return false;
    }
    int typeAndSize = Bytes.int32(chunk, start);
    int bodyBytes = typeAndSize & FlvLimits.FORMAT_MAX_TAG_BYTES;
    int tagBytes = FlvTag.HEADER_BYTES + bodyBytes;
    if (available < tagBytes + FlvTag.TRAILER_BYTES
        || Bytes.int32(chunk, start + tagBytes) != tagBytes
        || bodyBytes > limits.maxTagBytes()
        || typeAndSize == FlvHeader.SIGNATURE_AND_VERSION) {
      return false;
    }
    long at = position;
    chunk.position(start + tagBytes + FlvTag.TRAILER_BYTES);
    position = at + tagBytes + FlvTag.TRAILER_BYTES;
    emit(chunk, start, bodyBytes, at);
    return true;
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

  /** Moves bytes of an unfinished unit to the carry, and takes the unit when it is whole. */
  private void carryOver(ByteBuffer chunk) {
    carry.append(chunk, Math.min(unitBytes - carry.bytes(), chunk.remaining()), unitBytes);
    if (carry.bytes() == unitBytes && !sized) {
      size(carry.buffer(), 0);
    }
    if (carry.bytes() == unitBytes) {
      carry.clear();
      accept(carry.buffer(), 0);
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
    if (trailerWrong && (!TagType.isKnown(first & 0xDF) || Bytes.uint24(in, start + 8) != 0)) {
      throw new FlvFormatException(position, "framing is lost: no tag follows the tag before");
    }
    if (Bytes.int32(in, start) == FlvHeader.SIGNATURE_AND_VERSION) {
      throw new FlvFormatException(position, "a second FLV header");
    }
    if (bodyBytes > limits.maxTagBytes()) {
      throw new FlvFormatException(
          position + 1, "a tag of " + bodyBytes + " bytes, limit " + limits.maxTagBytes());
    }
  }

  private void accept(ByteBuffer in, int start) {
    long at = position;
    switch (unit) {
      case HEADER -> {
        FlvHeader header = FlvHeader.of(in, start, unitBytes);
        next(Unit.FIRST_TRAILER, FlvTag.TRAILER_BYTES);
        emitHeader(header, at);
      }
      case FIRST_TRAILER -> {
        next(Unit.TAG, FlvTag.HEADER_BYTES);
        int declared = Bytes.int32(in, start);
        if (declared != 0) {
          warnOfTrailer(at, declared, 0);
        }
      }
      case TRAILER -> {
        next(Unit.TAG, FlvTag.HEADER_BYTES);
        int declared = Bytes.int32(in, start);
        int expected = FlvTag.HEADER_BYTES + lastBodyBytes;
        trailerWrong = declared != expected;
        if (trailerWrong) {
          warnOfTrailer(at, declared, expected);
        }
      }
      case TAG -> {
        lastBodyBytes = unitBytes - FlvTag.HEADER_BYTES;
        next(Unit.TRAILER, FlvTag.TRAILER_BYTES);
        emit(in, start, lastBodyBytes, at);
      }
    }
  }

  private void next(Unit following, int knownBytes) {
    position += unitBytes;
    unit = following;
    unitBytes = knownBytes;
    sized = following == Unit.TRAILER || following == Unit.FIRST_TRAILER;
  }
}
