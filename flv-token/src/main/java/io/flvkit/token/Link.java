package io.flvkit.token;

import io.flvkit.token.BadPathException.Problem;
import io.flvkit.token.internal.PathReader;
import io.flvkit.token.internal.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * A URL taken apart as far as tokens need it: scheme and authority as written (if given), the
 * canonical path, the query as written. Immutable.
 */
public final class Link {
  /** The longest URL taken, in characters. */
  public static final int MAX_CHARS = 16_384;

  private final String text;
  private final int pathStart;
  private final int pathEnd;
  private final int queryStart;

  /** Whether the path stands in the text, in its canonical form. */
  private final boolean plain;

  /** Null as long as nobody asks, if it is plain. */
  private @Nullable CanonicalPath path;

  private Link(
      String text, int pathStart, int pathEnd, @Nullable CanonicalPath path, int queryStart) {
    this.text = text;
    this.pathStart = pathStart;
    this.pathEnd = pathEnd;
    this.plain = path == null;
    this.path = path;
    this.queryStart = queryStart;
  }

  /**
   * Reads {@code https://cdn.example.com/live/a.flv?x=1} or {@code /live/a.flv?x=1}. Throws {@link
   * BadPathException} if the path is refused, and at fragments, controls, blanks and non-ASCII
   * characters anywhere.
   */
  public static Link parse(String url) {
    return checked(unchecked(url, Workspace.begin()));
  }

  /**
   * As {@link #parse}, but looks at the path alone: for verifiers, which read no more than that.
   */
  static Link unchecked(String url, Workspace workspace) {
    if (url.length() > MAX_CHARS) {
      throw new BadPathException(Problem.TOO_LONG, MAX_CHARS);
    }
    int mark = url.indexOf('?');
    int pathEnd = mark < 0 ? url.length() : mark;
    char[] text = workspace.read(url);
    int pathStart = pathStart(text, pathEnd);
    boolean plain =
        pathEnd - pathStart <= CanonicalPath.MAX_CHARS
            && PathReader.isPlain(text, pathStart, pathEnd);
    CanonicalPath path = plain ? null : CanonicalPath.parse(url.substring(pathStart, pathEnd));
    return new Link(url, pathStart, pathEnd, path, mark < 0 ? url.length() : mark + 1);
  }

  /** Puts a path and the query that came with it together; {@code query} is without its mark. */
  public static Link of(CanonicalPath path, @Nullable String query) {
    if (query != null && query.length() > MAX_CHARS) {
      throw new BadPathException(Problem.TOO_LONG, MAX_CHARS);
    }
    return checked(new Link(query == null ? "" : query, 0, 0, path, 0));
  }

  /**
   * Returns this link at {@code origin}, which is a scheme and an authority, such as {@code
   * https://cdn.example.com:8443}. Throws {@link BadPathException} if it is more than that: a path
   * that came with it would be taken for the one that is asked for.
   */
  public Link at(String origin) {
    String start = origin + "/?";
    if (pathStart(start.toCharArray(), start.length()) != origin.length()
        || origin.indexOf('?') >= 0) {
      throw new BadPathException(Problem.NOT_ABSOLUTE, 0);
    }
    int end = origin.length();
    return checked(new Link(start + query(), end, end, path(), start.length()));
  }

  /** Returns a link at the same origin with another path and query. */
  public Link with(CanonicalPath otherPath, String otherQuery) {
    return of(otherPath, otherQuery).at(origin());
  }

  /** Where the first slash is that is not of {@code scheme://}, before {@code end}. */
  private static int pathStart(char[] text, int end) {
    if (end > 0 && text[0] == '/') {
      return 0;
    }
    int colon = indexOf(':', text, 0, end);
    boolean absolute =
        colon > 0 && colon + 2 < end && text[colon + 1] == '/' && text[colon + 2] == '/';
    int slash = absolute ? indexOf('/', text, colon + 3, end) : end;
    if (slash == end) {
      throw new BadPathException(Problem.NOT_ABSOLUTE, 0);
    }
    return slash;
  }

  private static int indexOf(char c, char[] text, int start, int end) {
    int i = start;
    while (i < end && text[i] != c) {
      i++;
    }
    return i;
  }

  private static Link checked(Link link) {
    check(link.text, 0, link.pathStart);
    check(link.text, link.queryStart, link.text.length());
    return link;
  }

  private static void check(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      // All of visible ASCII but the number sign.
      if (c <= ' ' || c >= 0x7F || c == '#') {
        boolean control = c < ' ' || c == 0x7F;
        throw new BadPathException(control ? Problem.CONTROL : Problem.ILLEGAL_CHARACTER, i);
      }
    }
  }

  /** Returns scheme and authority as written; empty if the link began with its path. */
  public String origin() {
    return text.substring(0, pathStart);
  }

  /** Returns the path. */
  public CanonicalPath path() {
    CanonicalPath read = path;
    if (read == null) {
      // Whichever thread comes second makes the same once more.
      read = CanonicalPath.plain(text.substring(pathStart, pathEnd));
      path = read;
    }
    return read;
  }

  /** Returns whether {@link #written()} has the path in its canonical form. */
  public boolean hasPlainPath() {
    return plain;
  }

  /** Returns the 0-based index into {@link #written()} of the path, if it stands there. */
  public int pathStart() {
    return pathStart;
  }

  /** Returns the index into {@link #written()} after the path; its start, if it is not there. */
  public int pathEnd() {
    return pathEnd;
  }

  /** Returns the text in which the query stands, from {@link #queryStart()} to the end. */
  public String written() {
    return text;
  }

  /** Returns the 0-based index into {@link #written()} of what follows the question mark. */
  public int queryStart() {
    return queryStart;
  }

  /** Returns the query as written, without its question mark; empty if there is none. */
  public String query() {
    return text.substring(queryStart);
  }

  /** Returns the URL, its path in canonical spelling. */
  @Override
  public String toString() {
    return origin() + path().encoded() + (queryStart == text.length() ? "" : "?" + query());
  }
}
