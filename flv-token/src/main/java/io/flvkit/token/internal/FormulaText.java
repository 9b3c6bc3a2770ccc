package io.flvkit.token.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The description of a scheme whose token is a hash over path, time and key: a vendor is five lines
 * of text. Names in braces: {@code key}, {@code path} (decoded), {@code rawpath} (percent-encoded),
 * {@code app} and {@code stream} (of {@code /app/stream.flv}), {@code ip}, {@code time}, {@code
 * token}; any other is a field that signers may set.
 *
 * @param hash what is computed
 * @param input what it is computed over, such as <code>{key}{path}{time}</code>
 * @param digits how the result is written
 * @param time how the moment is written
 * @param query where token, time and fields stand in the query, such as <code>
 *     sign={time}-{token}</code>; empty if they do not
 * @param path where they stand before the path, such as <code>/{token}/{time}</code>; null if they
 *     do not
 */
public record FormulaText(
    Hash hash,
    String input,
    Digits digits,
    TimeText time,
    List<String> query,
    @Nullable String path) {

  /** The hash functions that such schemes use. */
  public enum Hash {
    /** RFC 1321; broken for collisions, here because vendors ask for it. */
    MD5(16),
    /** FIPS 180-4. */
    SHA_256(32);

    private final int bytes;

    Hash(int bytes) {
      this.bytes = bytes;
    }

    /** Returns the length of the result. */
    public int bytes() {
      return bytes;
    }
  }

  /** How a hash is written. */
  public enum Digits {
    /** Hexadecimal; written in lower case, read in either. */
    HEX,
    /** Base64url without padding, of one spelling only. */
    BASE64URL,
    /** As nginx reads base64url: up to two {@code =} at the end, unused bits of any value. */
    BASE64URL_NGINX
  }
}
