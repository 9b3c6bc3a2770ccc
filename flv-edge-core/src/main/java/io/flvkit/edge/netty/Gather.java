package io.flvkit.edge.netty;

import io.flvkit.buffer.Segment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.IovArray;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The units of one viewer's turn, sent to its socket by one system call. One for each event loop:
 * it is filled, sent and cleared before the next viewer's turn, so a viewer has no memory in it.
 *
 * <p>Viewers at the same position get the same chunk heads, which are therefore written only when a
 * length differs from the turn before.
 */
final class Gather {
  private static final FastThreadLocal<Gather> OF_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected Gather initialValue() {
          return new Gather();
        }

        @Override
        protected void onRemoval(Gather gather) {
          gather.iov.release();
        }
      };

  private static final int UNITS = 8;
  private static final int CRLF_AT = UNITS * ChunkHead.MAX_BYTES;

  private final IovArray iov = new IovArray(3 * UNITS);
  private final ByteBuf text = Unpooled.directBuffer(CRLF_AT + 2, CRLF_AT + 2);
  private final int[] headLengths = new int[UNITS];
  private final int[] headBytes = new int[UNITS];
  private final Segment[] segments = new Segment[UNITS];
  private final int[] offsets = new int[UNITS];
  private final int[] lengths = new int[UNITS];
  private @Nullable Object owner;
  private int count;
  private long wireBytes;

  private Gather() {
    text.setShort(CRLF_AT, ChunkHead.CRLF);
  }

  /** The one of the calling event loop. */
  static Gather ofLoop() {
    return OF_LOOP.get();
  }

  /** Whether there are units of that owner. */
  boolean holdsFor(Object whose) {
    return owner == whose && count > 0;
  }

  boolean isFull() {
    return count == UNITS;
  }

  /**
   * Takes over the caller's hold on the segment until {@link #clear}. What another owner left,
   * whose turn was broken off by a fault, is dropped.
   */
  void add(Object whose, Segment segment, int offset, int lengthBytes) {
    if (owner != whose) {
      clear();
      owner = whose;
    }
    segments[count] = segment;
    offsets[count] = offset;
    lengths[count] = lengthBytes;
    count++;
  }

  /**
   * Sends as much as the socket takes.
   *
   * @return bytes sent, the framing included
   */
  long send(FileDescriptor socket, boolean chunked) throws IOException {
    iov.clear();
    for (int i = 0; i < count; i++) {
      if (chunked) {
        iov.add(text, i * ChunkHead.MAX_BYTES, headOf(i));
      }
      iov.add(NettyMemory.bufferOf(segments[i]), offsets[i], lengths[i]);
      if (chunked) {
        iov.add(text, CRLF_AT, 2);
      }
    }
    wireBytes = iov.size();
    return socket.writevAddresses(iov.memoryAddress(0), iov.count());
  }

  /** Bytes of the turn that was sent last, the framing included. */
  long wireBytes() {
    return wireBytes;
  }

  private int headOf(int unit) {
    if (headLengths[unit] != lengths[unit]) {
      int start = unit * ChunkHead.MAX_BYTES;
      text.writerIndex(start);
      ChunkHead.write(text, lengths[unit]);
      headLengths[unit] = lengths[unit];
      headBytes[unit] = text.writerIndex() - start;
    }
    return headBytes[unit];
  }

  /** Hands over what was not sent, piece by piece. */
  void rest(long sentBytes, boolean chunked, RestSink sink) {
    long skip = sentBytes;
    for (int i = 0; i < count; i++) {
      if (chunked) {
        skip = copyRest(i * ChunkHead.MAX_BYTES, headBytes[i], skip, sink);
      }
      if (skip < lengths[i]) {
        int from = (int) skip;
        sink.write(NettyMemory.slice(segments[i], offsets[i] + from, lengths[i] - from));
        skip = 0;
      } else {
        skip -= lengths[i];
      }
      if (chunked) {
        skip = copyRest(CRLF_AT, 2, skip, sink);
      }
    }
  }

  /** Framing is copied: the text is written anew for the next viewer. Returns what is to skip. */
  private long copyRest(int start, int length, long skip, RestSink sink) {
    if (skip >= length) {
      return skip - length;
    }
    sink.write(text.copy(start + (int) skip, length - (int) skip));
    return 0;
  }

  /** Gives up the holds on the segments. */
  void clear() {
    for (int i = 0; i < count; i++) {
      segments[i].release();
    }
    count = 0;
    owner = null;
  }

  /** Takes what a socket did not. */
  interface RestSink {
    /** Takes over the buffer. */
    void write(ByteBuf rest);
  }
}
