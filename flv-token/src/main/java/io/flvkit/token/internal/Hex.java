package io.flvkit.token.internal;

/** Hexadecimal text in either case. */
public final class Hex {
  private static final char[] LOWER = "0123456789abcdef".toCharArray();

  private Hex() {}

  /** Returns the value of one hexadecimal digit, or -1. */
  public static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
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

  /**
   * Decodes the digits of {@code text} from {@code start} to {@code end} into {@code target}.
   * Returns the number of bytes, or -1 if the text is not hexadecimal or does not fit.
   */
  public static int decode(CharSequence text, int start, int end, byte[] target) {
    int count = (end - start) >> 1;
    if (((end - start) & 1) != 0 || count > target.length) {
      return -1;
    }
    for (int i = 0; i < count; i++) {
      int high = digit(text.charAt(start + 2 * i));
      int low = digit(text.charAt(start + 2 * i + 1));
      if ((high | low) < 0) {
        return -1;
      }
      target[i] = (byte) (high << 4 | low);
    }
    return count;
  }

  /** Returns the first {@code count} bytes as lower-case digits. */
  public static String encode(byte[] bytes, int count) {
    StringBuilder text = new StringBuilder(2 * count);
    for (int i = 0; i < count; i++) {
      text.append(LOWER[(bytes[i] >> 4) & 15]).append(LOWER[bytes[i] & 15]);
    }
    return text.toString();
  }
}
