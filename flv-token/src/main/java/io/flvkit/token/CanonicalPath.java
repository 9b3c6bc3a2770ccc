package io.flvkit.token;

import io.flvkit.token.internal.PathReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one reading of a request path: routing, token scope, access rules, cache key and origin URL
 * all use this value, so that no two of them can disagree about what a request means.
 *
 * <p>Escapes are decoded exactly once. A path that another program could read differently is
 * refused, never repaired: dot segments in any spelling, {@code //}, encoded slashes, backslashes,
 * controls, invalid UTF-8, escapes of escapes. Immutable.
 */
public final class CanonicalPath {
  /** The longest path taken, in characters as sent: 8 KiB, the limit of a request line. */
  public static final int MAX_CHARS = 8192;

  private final String decoded;
  private final String encoded;

  private CanonicalPath(String decoded, String encoded) {
    this.decoded = decoded;
    this.encoded = encoded;
  }

  /**
   * Reads the path of a request target as sent: percent-encoded, without query and fragment. Throws
   * {@link BadPathException} at what cannot be read in one way only.
   */
  public static CanonicalPath parse(String rawPath) {
    if (!rawPath.startsWith("/")) {
      throw new BadPathException(BadPathException.Problem.NOT_ABSOLUTE, 0);
    }
    if (rawPath.length() > MAX_CHARS) {
      throw new BadPathException(BadPathException.Problem.TOO_LONG, MAX_CHARS);
    }
    if (PathReader.isPlain(rawPath.toCharArray(), 0, rawPath.length())) {
      return plain(rawPath);
    }
    String decoded = decode(rawPath);
    return new CanonicalPath(decoded, PathReader.encode(decoded));
  }

  /** Takes a path that was found to be its own canonical form. */
  static CanonicalPath plain(String raw) {
    return new CanonicalPath(raw, raw);
  }

  private static String decode(String raw) {
    PathReader reader = new PathReader(raw);
    BadPathException.Problem problem = reader.read();
    if (problem != null) {
      throw new BadPathException(problem, reader.index());
    }
    return reader.decoded();
  }

  /**
   * Takes a path that is not percent-encoded, as a file name or a stream name comes out of a
   * database, under the same rules: {@code /видео/a b.flv}.
   */
  public static CanonicalPath ofDecoded(String decoded) {
    return parse(PathReader.encode(decoded));
  }

  /** Returns the path with every escape decoded once. */
  public String decoded() {
    return decoded;
  }

  /**
   * Returns the path in its one percent-encoded spelling (RFC 3986, upper-case hexadecimal digits),
   * fit for an origin URL. A semicolon is always escaped, since some servers cut the path there.
   */
  public String encoded() {
    return encoded;
  }

  /** Returns the decoded segments; a slash at the end adds none. */
  public List<String> segments() {
    List<String> segments = new ArrayList<>();
    int start = 1;
    for (int slash; (slash = decoded.indexOf('/', start)) >= 0; start = slash + 1) {
      segments.add(decoded.substring(start, slash));
    }
    if (start < decoded.length()) {
      segments.add(decoded.substring(start));
    }
    return List.copyOf(segments);
  }

  /** Returns whether the path ends with a slash. */
  public boolean isDirectory() {
    return decoded.charAt(decoded.length() - 1) == '/';
  }

  /**
   * Returns the directory that directly holds this path, with its slash; a directory is its own.
   */
  public CanonicalPath directory() {
    if (isDirectory()) {
      return this;
    }
    return new CanonicalPath(
        decoded.substring(0, decoded.lastIndexOf('/') + 1),
        encoded.substring(0, encoded.lastIndexOf('/') + 1));
  }

  /** Returns the decoded text after the last slash; empty for a directory. */
  public String fileName() {
    return decoded.substring(decoded.lastIndexOf('/') + 1);
  }

  /**
   * Returns whether {@code mount} is this path or a directory above it. Counts whole segments:
   * {@code /live/a} does not hold {@code /live/ab}.
   */
  public boolean startsWith(CanonicalPath mount) {
    String prefix = mount.decoded;
    return decoded.startsWith(prefix)
        && (mount.isDirectory()
            || decoded.length() == prefix.length()
            || decoded.charAt(prefix.length()) == '/');
  }

  /**
   * Returns what follows {@code mount}, as a path of its own that begins with a slash; empty if
   * {@code mount} does not hold this path. {@code /live/a.flv} under {@code /live/} is {@code
   * /a.flv}.
   */
  public Optional<CanonicalPath> under(CanonicalPath mount) {
    if (!startsWith(mount)) {
      return Optional.empty();
    }
    int keptSlash = mount.isDirectory() ? 1 : 0;
    String rest = decoded.substring(mount.decoded.length() - keptSlash);
    return Optional.of(
        rest.isEmpty()
            ? new CanonicalPath("/", "/")
            : new CanonicalPath(rest, encoded.substring(mount.encoded.length() - keptSlash)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CanonicalPath path && decoded.equals(path.decoded);
  }

  @Override
  public int hashCode() {
    return decoded.hashCode();
  }

  /** Returns the encoded path. */
  @Override
  public String toString() {
    return encoded;
  }
}
