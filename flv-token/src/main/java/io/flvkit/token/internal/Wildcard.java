package io.flvkit.token.internal;

/** Patterns in which {@code *} stands for any characters, slashes too, and {@code ?} for one. */
final class Wildcard {
  private Wildcard() {}

  /** Returns whether all of {@code text} fits; takes at most pattern times text steps. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int retry = 0;
    while (t < text.length()) {
      boolean more = p < pattern.length();
      if (more && pattern.charAt(p) == '*') {
        star = p++;
        retry = t;
      } else if (more && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        // The last star takes one character more.
        p = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
