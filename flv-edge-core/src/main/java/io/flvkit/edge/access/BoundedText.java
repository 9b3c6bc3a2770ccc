package io.flvkit.edge.access;

/**
 * Text of a stranger under a regular expression: some expressions look at some texts an exponential
 * number of times, so the looks are counted. Confined to one match.
 */
final class BoundedText implements CharSequence {
  /** Enough for any sensible expression over a header of 32 KiB. */
  private static final int MAX_LOOKS = 1_000_000;

  private final String text;
  private int looks;

  BoundedText(String text) {
    this.text = text;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (++looks > MAX_LOOKS) {
      throw new IllegalStateException("the expression takes too long");
    }
    return text.charAt(index);
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
