package io.flvkit.token.internal;

import java.util.Arrays;

/** Base64 in the URL alphabet (RFC 4648, section 5), decoded without allocation. */
public final class Base64Url {
  private static final byte[] VALUE = new byte[128];

  static {
    Arrays.fill(VALUE, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      VALUE[alphabet.charAt(i)] = (byte) i;
    }
  }

  private Base64Url() {}

  /**
   * Decodes unpadded digits into {@code target}. Returns the number of bytes, or -1 if it is not
   * base64 or does not fit. The bits of the last digit that no byte holds must be zero, if {@code
   * strict}: otherwise one token has sixteen spellings.
   */
  public static int decode(String text, int start, int end, byte[] target, boolean strict) {
    int digits = end - start;
    int count = digits * 6 / 8;
    if (digits % 4 == 1 || count > target.length) {
      return -1;
    }
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      int value = c < 128 ? VALUE[c] : -1;
      if (value < 0) {
        return -1;
      }
      bits = bits << 6 | value;
      held += 6;
      if (held >= 8) {
        held -= 8;
        target[at++] = (byte) (bits >> held);
      }
    }
    boolean leftOver = (bits & ((1 << held) - 1)) != 0;
    return strict && leftOver ? -1 : count;
  }
}
