package io.flvkit.edge.netty;

import io.flvkit.buffer.Segment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The units of one viewer's turn, sent to its socket by one system call. One for each event loop:
 * it is filled, sent and cleared before the next viewer's turn, so a viewer has no memory in it.
 *
 * <p>Viewers at the same position get the same chunk, and nearly all of a walk are: it is put
 * together once for all of them (one contiguous write costs less than a vector of three). Others
 * get a vector whose chunk heads are written only when a length differs from the turn before.
 */
final class Gather {
  private static final FastThreadLocal<Gather> OF_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected Gather initialValue() {
          return new Gather();
        }
      };

  private static final int UNITS = 8;

  /** Room for the chunk that viewers share; larger ones are always sent as a vector. */
  private static final int CHUNK_BYTES = 80 * 1024;

  private static final int CRLF_AT = UNITS * ChunkHead.MAX_BYTES;

  /** What the system calls a vector: pairs of an address and a length, 64 bits each. */
  private final ByteBuffer vector =
      ByteBuffer.allocateDirect(3 * UNITS * 2 * 8).order(ByteOrder.nativeOrder());

  private final long vectorAddress = Buffer.memoryAddress(vector);
  private final ByteBuffer text = ByteBuffer.allocateDirect(CRLF_AT + 2);
  private final long textAddress = Buffer.memoryAddress(text);
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
  private final long chunkAddress = Buffer.memoryAddress(chunk);
  private int chunkBytes;
  private @Nullable Segment lastSegment;
  private int lastOffset;
  private int lastLength;
  private final int[] headLengths = new int[UNITS];
  private final int[] headBytes = new int[UNITS];
  private final Segment[] segments = new Segment[UNITS];
  private final int[] offsets = new int[UNITS];
  private final int[] lengths = new int[UNITS];
  private @Nullable Object owner;
  private int count;
  private long wireBytes;

  private Gather() {
    text.putShort(CRLF_AT, ChunkHead.CRLF);
  }

  /** Whether this machine's vectors are understood here. */
  static boolean isAvailable() {
    return Epoll.isAvailable() && Buffer.addressSize() == 8;
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
    if (chunked && count == 1 && isSharedChunk()) {
      wireBytes = chunkBytes;
      return socket.writeAddress(chunkAddress, 0, chunkBytes);
    }
    vector.clear();
    wireBytes = 0;
    for (int i = 0; i < count; i++) {
      if (chunked) {
        put(textAddress + (long) i * ChunkHead.MAX_BYTES, headOf(i));
      }
      put(NettyMemory.addressOf(segments[i]) + offsets[i], lengths[i]);
      if (chunked) {
        put(textAddress + CRLF_AT, 2);
      }
    }
    return socket.writevAddresses(vectorAddress, vector.position() / 16);
  }

  /** Whether the unit is the one of the turn before; then the chunk has it. */
  private boolean isSharedChunk() {
    Segment segment = segments[0];
    if (segment != lastSegment || offsets[0] != lastOffset || lengths[0] != lastLength) {
      lastSegment = segment;
      lastOffset = offsets[0];
      lastLength = lengths[0];
      chunkBytes = 0;
      return false;
    }
    int head = headOf(0);
    if (chunkBytes == 0 && lastLength <= CHUNK_BYTES - head - 2) {
      chunk.clear().put(text.slice(0, head));
      chunk.put(segment.view(lastOffset, lastLength)).putShort(ChunkHead.CRLF);
      chunkBytes = chunk.position();
    }
    return chunkBytes > 0;
  }

  private void put(long address, int bytes) {
    vector.putLong(address).putLong(bytes);
    wireBytes += bytes;
  }

  /** Bytes of the turn that was sent last, the framing included. */
  long wireBytes() {
    return wireBytes;
  }

  private int headOf(int unit) {
    int length = lengths[unit];
    if (headLengths[unit] != length) {
      int start = unit * ChunkHead.MAX_BYTES;
      int digits = ChunkHead.digits(length);
      for (int i = 0; i < digits; i++) {
        text.put(start + i, ChunkHead.digit(length, i));
      }
      text.putShort(start + digits, ChunkHead.CRLF);
      headLengths[unit] = length;
      headBytes[unit] = digits + 2;
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
    int left = length - (int) skip;
    sink.write(Unpooled.copiedBuffer(text.slice(start + (int) skip, left)));
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
