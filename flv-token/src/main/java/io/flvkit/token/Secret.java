package io.flvkit.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.flvkit.token.internal.Ed25519Proof;
import io.flvkit.token.internal.Hex;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * The bytes of a key. Written in configuration, a file or an environment variable as plain text, as
 * {@code hex:} and digits, or as {@code base64:} and either alphabet. Never shown by {@link
 * #toString()}.
 */
public final class Secret {
  /** The most bytes a secret may have. */
  public static final int MAX_BYTES = 8192;

  private static final String HEX = "hex:";
  private static final String BASE64 = "base64:";

  private final byte[] bytes;
  private final boolean text;

  private Secret(byte[] bytes, boolean text) {
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("a secret has 1 to " + MAX_BYTES + " bytes");
    }
    this.bytes = bytes;
    this.text = text;
  }

  /** Takes a copy of raw key bytes. */
  public static Secret of(byte[] raw) {
    return new Secret(raw.clone(), false);
  }

  /** Reads a secret from configuration; see {@link #parse(byte[])}. */
  public static Secret parse(String written) {
    return parse(written.getBytes(UTF_8));
  }

  /**
   * Reads a secret as it is written in a file: one newline at the end is cut, then {@code hex:} and
   * {@code base64:} are decoded, anything else is the secret itself. The array is only read. Throws
   * {@link IllegalArgumentException}, without the secret, if it is empty, too long or not what its
   * prefix says.
   */
  public static Secret parse(byte[] written) {
    byte[] body = Arrays.copyOf(written, lengthWithoutNewline(written));
    if (startsWith(body, HEX)) {
      return new Secret(hex(body), false);
    }
    if (startsWith(body, BASE64)) {
      return new Secret(base64(body), false);
    }
    return new Secret(body, true);
  }

  private static int lengthWithoutNewline(byte[] written) {
    int length = written.length;
    if (length > 0 && written[length - 1] == '\n') {
      length--;
      if (length > 0 && written[length - 1] == '\r') {
        length--;
      }
    }
    return length;
  }

  private static boolean startsWith(byte[] body, String prefix) {
    return body.length >= prefix.length()
        && prefix.equals(new String(body, 0, prefix.length(), US_ASCII).toLowerCase(Locale.ROOT));
  }

  private static byte[] hex(byte[] body) {
    String digits = new String(body, HEX.length(), body.length - HEX.length(), US_ASCII).strip();
    byte[] decoded = new byte[digits.length() / 2];
    if (Hex.decode(digits, decoded) < 0) {
      throw new IllegalArgumentException("a secret after hex: is pairs of hexadecimal digits");
    }
    return decoded;
  }

  private static byte[] base64(byte[] body) {
    String digits =
        new String(body, BASE64.length(), body.length - BASE64.length(), US_ASCII)
            .strip()
            .replace('+', '-')
            .replace('/', '_');
    try {
      return Base64.getUrlDecoder().decode(digits);
    } catch (IllegalArgumentException e) {
      // The cause is left out: its message quotes a character of the secret.
      throw new IllegalArgumentException("a secret after base64: is base64 in either alphabet");
    }
  }

  /**
   * Takes this as an Ed25519 private key and returns the public one, 32 bytes, which verifiers of
   * {@link Scheme#FLVKIT_ED25519} hold. Throws {@link IllegalArgumentException} if this has not 32
   * bytes.
   */
  public byte[] ed25519PublicKey() {
    return Ed25519Proof.publicKey(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  /** Whether the bytes are text as written, which a scheme may still have to decode. */
  boolean isText() {
    return text;
  }

  /** Says how long the secret is, and no more. */
  @Override
  public String toString() {
    return "Secret[" + bytes.length + " bytes]";
  }
}
