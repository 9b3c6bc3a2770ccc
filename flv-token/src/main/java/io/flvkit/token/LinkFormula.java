package io.flvkit.token;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The description of a scheme whose token is a hash over path, time and key, as most CDNs have one:
 * five lines of text instead of a class; see {@link Scheme#of}. Names stand in braces:
 *
 * <ul>
 *   <li>{@code key}: the secret
 *   <li>{@code path}: the decoded path; {@code rawpath}: the same percent-encoded
 *   <li>{@code app} and {@code stream}: of {@code /app/stream.flv}
 *   <li>{@code ip}: the client's address in text, empty for a link that is not bound to one
 *   <li>{@code time}: the moment as written in the link; {@code token}: the hash
 *   <li>any other: a field that signers may set by {@link Grant#with}
 * </ul>
 *
 * @param hash what is computed
 * @param input what it is computed over, such as <code>{key}{path}{time}</code>
 * @param digits how the result is written
 * @param time how the moment is written
 * @param query the parameters, such as <code>sign={time}-{token}</code>; empty if there are none
 * @param path what stands before the path: <code>/{token}/{time}</code>, <code>/{time}/{token}
 *     </code> or null
 */
public record LinkFormula(
    Hash hash, String input, Digits digits, Time time, List<String> query, @Nullable String path) {

  /** Copies the list. */
  public LinkFormula {
    query = List.copyOf(query);
  }

  /** A formula whose token and time stand in the query. */
  public static LinkFormula inQuery(
      Hash hash, String input, Digits digits, Time time, String... query) {
    return new LinkFormula(hash, input, digits, time, List.of(query), null);
  }

  /** Returns this formula for people: {@code md5("{key}{path}") as hex in "sign={token}"}. */
  @Override
  public String toString() {
    String places = path == null ? "" : path + "{rawpath}";
    String parameters = query.isEmpty() ? "" : "?" + String.join("&", query);
    String either = places.isEmpty() || parameters.isEmpty() ? "" : " or ";
    return places
        + either
        + parameters
        + "  token = "
        + digits
        + " "
        + hash
        + " of "
        + input
        + ", time = "
        + time;
  }

  /** The hash functions that such schemes use. */
  public enum Hash {
    /** RFC 1321. Broken for collisions; here because vendors ask for it. */
    MD5("MD5", 16),
    /** FIPS 180-4. */
    SHA_256("SHA-256", 32),
    /** RFC 2104 with SHA-1; the key is the MAC's key, not part of the input. */
    HMAC_SHA_1("HmacSHA1", 20),
    /** RFC 2104 with SHA-256; the key is the MAC's key, not part of the input. */
    HMAC_SHA_256("HmacSHA256", 32);

    private final String algorithm;
    private final int bytes;

    Hash(String algorithm, int bytes) {
      this.algorithm = algorithm;
      this.bytes = bytes;
    }

    /** Returns the JDK's name for it. */
    public String algorithm() {
      return algorithm;
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

  /** How a moment is written. Whole Unix seconds unless it says otherwise. */
  public enum Time {
    /** Decimal, 1 to 17 digits. */
    DECIMAL,
    /** Decimal, exactly 10 digits: for formulas in which a digit could pass for the path's. */
    DECIMAL_10,
    /** Hexadecimal, exactly 8 digits, written in upper case, read in either. */
    HEX_UPPER,
    /** Hexadecimal, exactly 8 digits, written in lower case, read in either. */
    HEX_LOWER,
    /** {@code YYYYMMDDHHMM} in UTC+8; a signer takes the next full minute. */
    MINUTE_UTC8,
    /** Not at all: the link is good for ever. */
    NEVER
  }
}
