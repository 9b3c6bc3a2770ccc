package io.flvkit.token.internal;

import java.util.Arrays;

/** Base64 in the URL alphabet (RFC 4648, section 5), decoded without allocation. */
final class Base64Url {
  /** By the low seven bits of a character: the value of a digit, or -1. */
  private static final byte[] VALUE = new byte[128];

  static {
    Arrays.fill(VALUE, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      VALUE[alphabet.charAt(i)] = (byte) i;
    }
  }

  private Base64Url() {}

  /** As {@link #decode(char[], int, int, byte[], boolean)}, strictly, from {@code start} on. */
  static int decode(String text, int start, byte[] target) {
    return decode(text.toCharArray(), start, text.length(), target, true);
  }

  /**
   * Decodes unpadded digits into {@code target}. Returns the number of bytes, or -1 if it is not
   * base64 or does not fit. The bits of the last digit that no byte holds must be zero, if {@code
   * strict}: otherwise one token has sixteen spellings. Nothing branches on a digit before the
   * last.
   */
  static int decode(char[] text, int start, int end, byte[] target, boolean strict) {
    int digits = end - start;
    int count = digits * 6 / 8;
    if (digits % 4 == 1 || count > target.length) {
      return -1;
    }
    int at = 0;
    int i = start;
    int all = 0;
    int widest = 0;
    for (int whole = start + digits / 4 * 4; i < whole; i += 4) {
      char a = text[i];
      char b = text[i + 1];
      char c = text[i + 2];
      char d = text[i + 3];
      int bits = VALUE[a & 127] << 18 | VALUE[b & 127] << 12 | VALUE[c & 127] << 6 | VALUE[d & 127];
      widest |= a | b | c | d;
      all |= bits;
      target[at] = (byte) (bits >> 16);
      target[at + 1] = (byte) (bits >> 8);
      target[at + 2] = (byte) bits;
      at += 3;
    }
    boolean good =
        (all | (127 - widest)) >= 0 && (i == end || rest(text, i, end, target, at, strict));
    return good ? count : -1;
  }

  /** Two or three digits at the end: one or two bytes, and bits that no byte holds. */
  private static boolean rest(
      char[] text, int start, int end, byte[] target, int at, boolean strict) {
    boolean three = end - start == 3;
    int bits =
        value(text[start]) << 12
            | value(text[start + 1]) << 6
            | (three ? value(text[start + 2]) : 0);
    boolean leftOver = (bits & (three ? 0x3 : 0x3FF)) != 0;
    if (bits < 0 || (strict && leftOver)) {
      return false;
    }
    target[at] = (byte) (bits >> 10);
    if (three) {
      target[at + 1] = (byte) (bits >> 2);
    }
    return true;
  }

  /** The value of a digit, negative if it is none, even after a shift to the left. */
  private static int value(char c) {
    return VALUE[c & 127] | (127 - c) >> 31;
  }
}
