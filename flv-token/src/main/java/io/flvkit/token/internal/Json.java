package io.flvkit.token.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object (RFC 8259) into maps, lists, strings, {@link BigDecimal}, booleans and
 * {@link #NULL}; a name that stands twice makes it unreadable. Depth is bounded, and so is time: by
 * the length of the text.
 */
final class Json {
  /** The value null. */
  static final Object NULL = new Object();

  private static final int MAX_DEPTH = 8;
  private static final int MAX_NUMBER_CHARS = 32;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** What makes a text unreadable; never leaves this class. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable() {
      super("not JSON", null, false, false);
    }
  }

  /** Returns the object, or null if {@code text} is anything else. */
  static @Nullable Map<String, Object> object(String text) {
    Json json = new Json(text);
    try {
      json.blanks();
      Map<String, Object> object = json.map(0);
      json.blanks();
      return json.at == text.length() ? object : null;
    } catch (Unreadable e) {
      return null;
    }
  }

  private Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw new Unreadable();
    }
    return switch (peek()) {
      case '{' -> map(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", NULL);
      default -> number();
    };
  }

  private Map<String, Object> map(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    take('{');
    blanks();
    if (peek() == '}') {
      at++;
      return map;
    }
    while (true) {
      blanks();
      String name = string();
      blanks();
      take(':');
      blanks();
      if (map.put(name, value(depth + 1)) != null) {
        throw new Unreadable();
      }
      if (isLast('}')) {
        return map;
      }
    }
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    take('[');
    blanks();
    if (peek() == ']') {
      at++;
      return list;
    }
    while (true) {
      blanks();
      list.add(value(depth + 1));
      if (isLast(']')) {
        return list;
      }
    }
  }

  /** Takes a comma or {@code end}; returns whether it was the end. */
  private boolean isLast(char end) {
    blanks();
    char c = peek();
    take(c == end ? end : ',');
    return c == end;
  }

  private String string() {
    take('"');
    StringBuilder string = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < 0x20) {
        throw new Unreadable();
      }
      string.append(c == '\\' ? escaped() : c);
    }
    return string.toString();
  }

  private char escaped() {
    char c = next();
    int simple = "\"\\/bfnrt".indexOf(c);
    if (simple >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(simple);
    }
    int high = Hex.pair(text, at);
    int low = Hex.pair(text, at + 2);
    if (c != 'u' || (high | low) < 0) {
      throw new Unreadable();
    }
    at += 4;
    return (char) (high << 8 | low);
  }

  private Object word(String word, Object meaning) {
    if (!text.startsWith(word, at)) {
      throw new Unreadable();
    }
    at += word.length();
    return meaning;
  }

  private BigDecimal number() {
    int start = at;
    while (at < text.length() && "+-.0123456789Ee".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(start, at);
    boolean written =
        number.length() <= MAX_NUMBER_CHARS
            && number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([Ee][+-]?[0-9]{1,2})?");
    if (!written) {
      throw new Unreadable();
    }
    return new BigDecimal(number);
  }

  private void blanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw new Unreadable();
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private void take(char expected) {
    if (next() != expected) {
      throw new Unreadable();
    }
  }

  /** Writes an object of strings and numbers. */
  static String write(Map<String, ?> object) {
    StringBuilder json = new StringBuilder("{");
    object.forEach(
        (name, value) -> {
          json.append(json.length() == 1 ? "" : ",").append(quoted(name)).append(':');
          json.append(value instanceof Number ? value.toString() : quoted(value.toString()));
        });
    return json.append('}').toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
