package io.flvkit.codec.amf;

/**
 * What the values of one message may take in memory: four times its bytes and 64 KiB. The costs are
 * those of a 64-bit JVM with compressed references, what is allocated only for the moment included:
 * growing lists, and the copies that immutable ones are made of.
 */
final class MemoryBudget {
  static final int BOX = 16;
  static final int UNIT = 24;
  static final int TEXT = 72;
  static final int LIST = 56;
  static final int ELEMENT = 8;
  static final int GROWTH = 24;
  static final int PROPERTY = 32;
  static final int AMF3 = 144;

  private static final int PER_BYTE = 4;
  private static final int SPARE_BYTES = 64 << 10;

  private long left;

  MemoryBudget(int messageBytes) {
    left = (long) PER_BYTE * messageBytes + SPARE_BYTES;
  }

  /** Counts memory that is going to be allocated; false if that is too much. */
  boolean take(long bytes) {
    left -= bytes;
    return left >= 0;
  }
}
