package io.flvkit.codec.internal;

import java.nio.ByteBuffer;

/**
 * Bytes received that do not make a whole unit yet: a queue in one heap buffer. It grows with what
 * was received, to twice that at most.
 */
public final class Carry {
  private static final int MIN_BYTES = 256;

  private ByteBuffer buffer = ByteBuffer.allocate(MIN_BYTES);
  private int first;
  private int last;

  /** Creates an empty one. */
  public Carry() {}

  /** The buffer that holds the bytes, from {@link #first()} to {@link #last()}. */
  public ByteBuffer buffer() {
    return buffer;
  }

  /** Index of the first byte held. */
  public int first() {
    return first;
  }

  /** Index after the last byte held. */
  public int last() {
    return last;
  }

  /** How many bytes are held. */
  public int bytes() {
    return last - first;
  }

  /** Whether nothing is held. */
  public boolean isEmpty() {
    return last == first;
  }

  /**
   * Moves {@code count} bytes of {@code source} to the end.
   *
   * @param expected how many bytes are going to be held in all: more is not reserved at once
   */
  public void append(ByteBuffer source, int count, int expected) {
    if (buffer.capacity() - last < count) {
      makeRoom(count, expected);
    }
    buffer.put(last, source, source.position(), count);
    source.position(source.position() + count);
    last += count;
  }

  /** Forgets the first {@code count} bytes. */
  public void drop(int count) {
    first += count;
    if (first == last) {
      clear();
    }
  }

  /** Forgets all; the bytes stay readable until the next {@link #append}. */
  public void clear() {
    first = 0;
    last = 0;
  }

  private void makeRoom(int count, int expected) {
    int held = bytes();
    int needed = held + count;
    ByteBuffer target = buffer;
    if (needed > buffer.capacity()) {
      target = ByteBuffer.allocate((int) Math.min(2L * needed, Math.max(needed, expected)));
    }
    System.arraycopy(buffer.array(), first, target.array(), 0, held);
    buffer = target;
    first = 0;
    last = held;
  }
}
