package io.flvkit.token;

/** A request path that is refused rather than repaired; says what is wrong and where. */
public final class BadPathException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What makes a path unacceptable. */
  public enum Problem {
    /** The path is empty or does not begin with {@code /}. */
    NOT_ABSOLUTE,
    /** The path is longer than {@link CanonicalPath#MAX_CHARS}. */
    TOO_LONG,
    /** Two slashes in a row, or a segment that holds nothing but parameters. */
    EMPTY_SEGMENT,
    /** A segment {@code .} or {@code ..} in any spelling. */
    DOT_SEGMENT,
    /** A slash or a backslash that is encoded, or a plain backslash. */
    HIDDEN_SEPARATOR,
    /** An escape of a separator, a dot, a percent sign or a control inside another escape. */
    DOUBLE_ENCODING,
    /** A percent sign without two hexadecimal digits after it. */
    BROKEN_ESCAPE,
    /** A control character, NUL included. */
    CONTROL,
    /** Escaped bytes that are not UTF-8. */
    INVALID_UTF8,
    /** A character that no request path may hold: {@code #}, {@code ?}, a blank, raw non-ASCII. */
    ILLEGAL_CHARACTER
  }

  private final Problem problem;
  private final int index;

  BadPathException(Problem problem, int index) {
    // No stack trace: the refusal is an answer to a stranger, and strangers may send many.
    super(problem + " at index " + index + " of the path", null, false, false);
    this.problem = problem;
    this.index = index;
  }

  /** Returns what is wrong. */
  public Problem problem() {
    return problem;
  }

  /** Returns where: a 0-based index into the path as it was given. */
  public int index() {
    return index;
  }
}
