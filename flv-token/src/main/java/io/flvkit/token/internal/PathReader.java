package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flvkit.token.BadPathException.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** Decodes one path and finds what {@link io.flvkit.token.CanonicalPath} refuses. */
public final class PathReader {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  // RFC 3986 pchar without the semicolon, and the slash.
  private static final boolean[] PLAIN = table(UNRESERVED + "!$&'()*+,=:@/");

  // For one branch a character: what is never plain, what is not at the beginning of a segment, and
  // the slash, whose bit comes to stand over that of the next character.
  private static final int ESCAPED = 1;
  private static final int NOT_AFTER_SLASH = 2;
  private static final int SLASH = 4;
  private static final byte[] KIND = kinds();

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private final String raw;
  private final byte[] bytes;
  private String decoded = "";
  private int index;

  /** Prepares to read {@code raw}, which begins with a slash. */
  public PathReader(String raw) {
    this.raw = raw;
    this.bytes = new byte[raw.length()];
  }

  /**
   * Returns whether the text from {@code start}, where a slash is, to {@code end} is a path that is
   * its own decoded and its own encoded form, and holds no segment that begins with a slash or a
   * dot: true for nearly every path of a real player.
   */
  public static boolean isPlain(char[] text, int start, int end) {
    int all = 0;
    int found = 0;
    int before = 0;
    // Without a branch on a character: most paths are plain, and are looked at whole.
    for (int i = start; i < end; i++) {
      char c = text[i];
      int kind = KIND[c & 127];
      all |= c;
      found |= kind & (ESCAPED | before);
      before = kind >> 1;
    }
    return found == 0 && all < 128;
  }

  /** Returns {@code decoded} percent-encoded in UTF-8. An unpaired surrogate is escaped as such. */
  public static String encode(String decoded) {
    StringBuilder encoded = new StringBuilder(decoded.length() + 16);
    for (int i = 0; i < decoded.length(); ) {
      int codePoint = decoded.codePointAt(i);
      if (codePoint < 128 && PLAIN[codePoint]) {
        encoded.append((char) codePoint);
      } else {
        escape(codePoint, encoded);
      }
      i += Character.charCount(codePoint);
    }
    return encoded.toString();
  }

  private static void escape(int codePoint, StringBuilder encoded) {
    boolean unpaired = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    // 0xFF is never UTF-8, so that a reader refuses what was not text to begin with.
    byte[] utf8 =
        unpaired ? new byte[] {(byte) 0xFF} : Character.toString(codePoint).getBytes(UTF_8);
    for (byte b : utf8) {
      encoded.append('%').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
    }
  }

  /** Decodes; returns null if the path is good, else what is wrong at {@link #index()}. */
  public @Nullable Problem read() {
    int count = 0;
    int segmentStart = 1;
    int rawSegmentStart = 1;
    bytes[count++] = '/';
    for (index = 1; index < raw.length(); ) {
      char c = raw.charAt(index);
      if (c == '/') {
        Problem problem = segmentProblem(segmentStart, count, false);
        if (problem != null) {
          index = rawSegmentStart;
          return problem;
        }
        bytes[count++] = '/';
        segmentStart = count;
        rawSegmentStart = ++index;
        continue;
      }
      int octet = c == '%' ? Hex.pair(raw, index + 1) : c;
      Problem problem = c == '%' ? escapeProblem(octet) : characterProblem(c);
      if (problem != null) {
        return problem;
      }
      bytes[count++] = (byte) octet;
      index += c == '%' ? 3 : 1;
    }
    Problem problem = segmentProblem(segmentStart, count, true);
    if (problem != null) {
      index = rawSegmentStart;
      return problem;
    }
    return text(count);
  }

  /** Returns the decoded path after a {@link #read()} without a problem. */
  public String decoded() {
    return decoded;
  }

  /** Returns the index into the raw path where reading stopped. */
  public int index() {
    return index;
  }

  private static @Nullable Problem escapeProblem(int octet) {
    if (octet < 0) {
      return Problem.BROKEN_ESCAPE;
    }
    if (octet < 0x20 || octet == 0x7F) {
      return Problem.CONTROL;
    }
    return octet == '/' || octet == '\\' ? Problem.HIDDEN_SEPARATOR : null;
  }

  private static @Nullable Problem characterProblem(char c) {
    if (c < 0x20 || c == 0x7F) {
      return Problem.CONTROL;
    }
    if (c == '\\') {
      return Problem.HIDDEN_SEPARATOR;
    }
    return c > 0x7E || c == ' ' || c == '#' || c == '?' ? Problem.ILLEGAL_CHARACTER : null;
  }

  /** A segment is judged by its name: what comes before its first semicolon. */
  private @Nullable Problem segmentProblem(int start, int end, boolean last) {
    int nameEnd = start;
    while (nameEnd < end && bytes[nameEnd] != ';') {
      nameEnd++;
    }
    int nameBytes = nameEnd - start;
    if (nameBytes == 0) {
      // Nothing at all after the last slash makes a directory; elsewhere it is a double slash.
      return last && start == end ? null : Problem.EMPTY_SEGMENT;
    }
    boolean dots =
        bytes[start] == '.' && (nameBytes == 1 || (nameBytes == 2 && bytes[start + 1] == '.'));
    return dots ? Problem.DOT_SEGMENT : null;
  }

  private @Nullable Problem text(int count) {
    try {
      decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, count)).toString();
    } catch (CharacterCodingException e) {
      index = 0;
      return Problem.INVALID_UTF8;
    }
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (c >= 0x80 && c < 0xA0) {
        index = 0;
        return Problem.CONTROL;
      }
      if (c == '%' && isTrick(Hex.pair(decoded, i + 1))) {
        index = 0;
        return Problem.DOUBLE_ENCODING;
      }
    }
    return null;
  }

  /** What a second decoding, by somebody behind us, must not be able to bring to light. */
  private static boolean isTrick(int octet) {
    return octet == '.'
        || octet == '/'
        || octet == '\\'
        || octet == '%'
        || octet == 0x7F
        || (octet >= 0 && octet < 0x20);
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[128];
    for (int c = 0; c < kinds.length; c++) {
      kinds[c] = (byte) (PLAIN[c] ? 0 : ESCAPED);
    }
    kinds['.'] = NOT_AFTER_SLASH;
    kinds['/'] = NOT_AFTER_SLASH | SLASH;
    return kinds;
  }

  private static boolean[] table(String characters) {
    boolean[] table = new boolean[128];
    characters.chars().forEach(c -> table[c] = true);
    return table;
  }
}
