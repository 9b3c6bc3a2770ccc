package io.flvkit.token.internal;

import java.util.Arrays;

/** Hexadecimal text in either case. */
public final class Hex {
  private static final String LOWER = "0123456789abcdef";

  /** By the low seven bits of a character: the value of a digit, or -1. */
  private static final byte[] VALUE = new byte[128];

  static {
    Arrays.fill(VALUE, (byte) -1);
    for (int i = 0; i < LOWER.length(); i++) {
      VALUE[LOWER.charAt(i)] = (byte) i;
      VALUE[Character.toUpperCase(LOWER.charAt(i))] = (byte) i;
    }
  }

  private Hex() {}

  /** Returns the value of one hexadecimal digit, negative if it is none. */
  static int digit(char c) {
    return VALUE[c & 127] | (127 - c) >> 31;
  }

  /** Returns the value of the two digits at {@code at}, or -1 if there are none. */
  static int pair(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = digit(text.charAt(at));
    int low = digit(text.charAt(at + 1));
    return (high | low) < 0 ? -1 : high << 4 | low;
  }

  /** As {@link #decode(char[], int, int, byte[])}, for all of {@code text}. */
  public static int decode(String text, byte[] target) {
    return decode(text.toCharArray(), 0, text.length(), target);
  }

  /**
   * Decodes the digits of {@code text} from {@code start} to {@code end} into {@code target}.
   * Returns the number of bytes, or -1 if the text is not hexadecimal or does not fit. Nothing
   * branches on a digit, so that the time tells nothing of them.
   */
  static int decode(char[] text, int start, int end, byte[] target) {
    int count = (end - start) >> 1;
    if (((end - start) & 1) != 0 || count > target.length) {
      return -1;
    }
    int all = 0;
    for (int i = 0; i < count; i++) {
      int pair = digit(text[start + 2 * i]) << 4 | digit(text[start + 2 * i + 1]);
      all |= pair;
      target[i] = (byte) pair;
    }
    return all < 0 ? -1 : count;
  }

  /** Returns the first {@code count} bytes as lower-case digits. */
  public static String encode(byte[] bytes, int count) {
    StringBuilder text = new StringBuilder(2 * count);
    for (int i = 0; i < count; i++) {
      text.append(LOWER.charAt((bytes[i] >> 4) & 15)).append(LOWER.charAt(bytes[i] & 15));
    }
    return text.toString();
  }
}
