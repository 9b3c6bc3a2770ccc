package io.flvkit.vod.internal;

/** Numbers of header fields: {@code 1*DIGIT}, no sign, no space (RFC 9110, 14.1.1). */
public final class Decimals {
  /** The text is digits, but more than 2^63-1. */
  public static final long TOO_LARGE = -1;

  private Decimals() {}

  /** Whether {@code text} is one digit or more, and ASCII digits only. */
  public static boolean isDecimal(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The value of decimal {@code digits}, leading zeros allowed, or {@link #TOO_LARGE}. */
  public static long valueOf(String digits) {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return TOO_LARGE;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
