package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** Percent-encoding of ASCII text such as queries and token fields. */
final class Percent {
  private Percent() {}

  /**
   * Decodes once. Returns null at a broken escape or bytes that are not UTF-8. A plus sign is a
   * blank if {@code form} says that this is form data.
   */
  static @Nullable String decode(String text, boolean form) {
    byte[] bytes = new byte[text.length()];
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int octet = Hex.pair(text, i + 1);
        if (octet < 0) {
          return null;
        }
        bytes[count++] = (byte) octet;
        i += 2;
      } else {
        bytes[count++] = (byte) (form && c == '+' ? ' ' : c);
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, count)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Escapes all but letters, digits and {@code -._~*}, with digits in the case of {@code hex}. */
  static String encode(String text, String hex) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(UTF_8)) {
      if (isSafe(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(hex.charAt((b >> 4) & 15)).append(hex.charAt(b & 15));
      }
    }
    return encoded.toString();
  }

  private static boolean isSafe(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || "-._~*".indexOf(b) >= 0;
  }
}
