package io.flvkit.token.internal;

import java.util.Arrays;
import java.util.Set;

/** Finds and removes parameters of a raw query. Names are compared without regard to ASCII case. */
final class Query {
  /** The parameter is not there. */
  static final long ABSENT = -1;

  /** The parameter is there more than once. */
  static final long TWICE = -2;

  private Query() {}

  /**
   * Finds the one parameter {@code name} in {@code text} from {@code from} on. Returns {@link
   * #ABSENT}, {@link #TWICE}, or where its value is: see {@link #start} and {@link #end}. Nothing
   * is percent-decoded, neither names nor values. A name without {@code =} has an empty value.
   */
  static long find(String text, int from, String name) {
    long found = ABSENT;
    for (int start = from; start < text.length(); ) {
      int end = end(text, start);
      if (isNamed(text, start, end, name)) {
        if (found != ABSENT) {
          return TWICE;
        }
        found = value(start + name.length(), end);
      }
      start = end + 1;
    }
    return found;
  }

  /**
   * As {@link #find(String, int, String)} for several names in one pass, over the part of {@code
   * text} from {@code from} to {@code to}; {@code found} has a place for each name.
   */
  static void find(char[] text, int from, int to, char[][] names, long[] found) {
    Arrays.fill(found, 0, names.length, ABSENT);
    for (int start = from; start < to; ) {
      int named = named(text, start, to, names);
      int end = named < 0 ? start : start + names[named].length;
      int value = end + 1;
      while (end < to && text[end] != '&') {
        end++;
      }
      if (named >= 0) {
        found[named] = found[named] == ABSENT ? place(Math.min(value, end), end) : TWICE;
      }
      start = end + 1;
    }
  }

  /** Which of the names the parameter at {@code start} has; -1 if none. */
  private static int named(char[] text, int start, int to, char[][] names) {
    for (int i = 0; i < names.length; i++) {
      char[] name = names[i];
      int end = start + name.length;
      if (folded(text[start]) == folded(name[0])
          && (end == to || (end < to && (text[end] == '=' || text[end] == '&')))
          && isNamed(text, start, name)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isNamed(char[] text, int start, char[] name) {
    for (int i = 0; i < name.length; i++) {
      char c = text[start + i];
      if (c != name[i] && folded(c) != folded(name[i])) {
        return false;
      }
    }
    return true;
  }

  private static long place(int start, int end) {
    return (long) start << 32 | end;
  }

  private static int end(String text, int start) {
    int ampersand = text.indexOf('&', start);
    return ampersand < 0 ? text.length() : ampersand;
  }

  /** The value between the equals sign, if there is one, and {@code end}. */
  private static long value(int nameEnd, int end) {
    return place(Math.min(nameEnd + 1, end), end);
  }

  private static boolean isNamed(String text, int start, int end, String name) {
    int nameEnd = start + name.length();
    return nameEnd <= end
        && (nameEnd == end || text.charAt(nameEnd) == '=')
        && (text.startsWith(name, start) || isFolded(text, start, name));
  }

  private static boolean isFolded(String text, int start, String name) {
    for (int i = 0; i < name.length(); i++) {
      if (folded(text.charAt(start + i)) != folded(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int folded(char c) {
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
  }

  /** Returns where a found value begins. */
  static int start(long found) {
    return (int) (found >> 32);
  }

  /** Returns where a found value ends. */
  static int end(long found) {
    return (int) found;
  }

  /** Returns {@code query} without the parameters of these names, the others as they are. */
  static String without(String query, Set<String> names) {
    StringBuilder rest = new StringBuilder(query.length());
    for (int start = 0; start < query.length(); ) {
      int end = end(query, start);
      if (!isAny(query, start, end, names)) {
        rest.append(rest.length() == 0 ? "" : "&").append(query, start, end);
      }
      start = end + 1;
    }
    return rest.toString();
  }

  private static boolean isAny(String query, int start, int end, Set<String> names) {
    for (String name : names) {
      if (isNamed(query, start, end, name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns {@code query} with one more parameter at its end. */
  static String with(String query, String parameter) {
    return query.isEmpty() ? parameter : query + "&" + parameter;
  }
}
