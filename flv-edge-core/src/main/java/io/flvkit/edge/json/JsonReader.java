package io.flvkit.edge.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one small JSON document (RFC 8259) of an operator into maps, lists, strings, doubles,
 * booleans and null. A name given twice is refused.
 */
public final class JsonReader {
  private static final int DEPTH_MAX = 16;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Reads the whole text.
   *
   * @throws IllegalArgumentException if it is not JSON, or nested too deeply
   */
  public static @Nullable Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value(0);
    reader.space();
    if (reader.at < text.length()) {
      throw reader.refusal();
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    if (depth > DEPTH_MAX) {
      throw refusal();
    }
    space();
    switch (peek()) {
      case '{' -> {
        return object(depth);
      }
      case '[' -> {
        return array(depth);
      }
      case '"' -> {
        return string();
      }
      case 't' -> {
        return word("true", true);
      }
      case 'f' -> {
        return word("false", false);
      }
      case 'n' -> {
        return word("null", null);
      }
      default -> {
        return number();
      }
    }
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    at++;
    if (skip('}')) {
      return members;
    }
    do {
      space();
      String name = string();
      if (members.containsKey(name)) {
        throw refusal();
      }
      expect(':');
      members.put(name, value(depth + 1));
    } while (skip(','));
    expect('}');
    return members;
  }

  private List<@Nullable Object> array(int depth) {
    List<@Nullable Object> elements = new ArrayList<>();
    at++;
    if (skip(']')) {
      return elements;
    }
    do {
      elements.add(value(depth + 1));
    } while (skip(','));
    expect(']');
    return elements;
  }

  private String string() {
    if (peek() != '"') {
      throw refusal();
    }
    at++;
    StringBuilder string = new StringBuilder();
    for (char c; (c = next()) != '"'; ) {
      if (c < ' ') {
        throw refusal();
      }
      string.append(c == '\\' ? escaped() : c);
    }
    return string.toString();
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw refusal();
    };
  }

  private char unit() {
    int end = at + 4;
    if (end > text.length() || !text.substring(at, end).matches("[0-9A-Fa-f]{4}")) {
      throw refusal();
    }
    char unit = (char) Integer.parseInt(text.substring(at, end), 16);
    at = end;
    return unit;
  }

  private Double number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    if (!digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
      throw refusal();
    }
    return Double.valueOf(digits);
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw refusal();
    }
    at += word.length();
    return value;
  }

  private boolean skip(char wanted) {
    space();
    boolean there = at < text.length() && text.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char wanted) {
    if (!skip(wanted)) {
      throw refusal();
    }
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw refusal();
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private IllegalArgumentException refusal() {
    return new IllegalArgumentException("not JSON at character " + at);
  }
}
