package io.flvkit.token.internal;

import io.flvkit.token.LinkFormula;
import io.flvkit.token.LinkFormula.Digits;
import java.util.Arrays;
import java.util.Base64;

/** The hash of a {@link LinkFormula} as text. */
final class TokenText {
  private TokenText() {}

  /** Returns whether the text is a hash; its bytes are in {@code target} then. */
  static boolean read(LinkFormula formula, char[] text, int start, int end, byte[] target) {
    int bytes = formula.hash().bytes();
    if (formula.digits() == Digits.HEX) {
      return Hex.decode(text, start, end, target) == bytes;
    }
    boolean nginx = formula.digits() == Digits.BASE64URL_NGINX;
    int last = nginx ? withoutPadding(text, start, end) : end;
    return Base64Url.decode(text, start, last, target, !nginx) == bytes;
  }

  private static int withoutPadding(char[] text, int start, int end) {
    int last = end;
    while (last > start && end - last < 2 && text[last - 1] == '=') {
      last--;
    }
    return last;
  }

  static String write(LinkFormula formula, byte[] hash) {
    int bytes = formula.hash().bytes();
    return formula.digits() == Digits.HEX
        ? Hex.encode(hash, bytes)
        : Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, bytes));
  }
}
