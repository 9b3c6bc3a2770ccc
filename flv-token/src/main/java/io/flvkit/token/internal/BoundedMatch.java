package io.flvkit.token.internal;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions out of tokens. They come from whoever holds the key, but the text they are
 * held against comes from strangers: a match that backtracks without end is given up.
 */
final class BoundedMatch {
  private static final int MAX_STEPS = 1_000_000;

  private BoundedMatch() {}

  /**
   * Returns whether all of {@code text} matches; false if the expression is none or takes too long.
   */
  static boolean matches(String expression, String text) {
    try {
      return Pattern.compile(expression).matcher(new Counted(text)).matches();
    } catch (PatternSyntaxException | GivenUp | StackOverflowError e) {
      return false;
    }
  }

  /** As {@link #matches}, for a part of the text. */
  static boolean finds(String expression, String text) {
    try {
      return Pattern.compile(expression).matcher(new Counted(text)).find();
    } catch (PatternSyntaxException | GivenUp | StackOverflowError e) {
      return false;
    }
  }

  private static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GivenUp() {
      super("too many steps", null, false, false);
    }
  }

  /** Text that can be looked at only so often. */
  private static final class Counted implements CharSequence {
    private final String text;
    private int steps;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MAX_STEPS) {
        throw new GivenUp();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
