package io.flvkit.edge.json;

import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document (RFC 8259) on a single line. Control characters are escaped, so a value
 * can never start a new line. Not a parser and no mapper. Confined to one thread.
 */
public final class JsonWriter {
  private final StringBuilder out = new StringBuilder(256);
  private boolean first = true;

  public JsonWriter beginObject() {
    separate();
    out.append('{');
    first = true;
    return this;
  }

  public JsonWriter endObject() {
    out.append('}');
    first = false;
    return this;
  }

  public JsonWriter beginArray() {
    separate();
    out.append('[');
    first = true;
    return this;
  }

  public JsonWriter endArray() {
    out.append(']');
    first = false;
    return this;
  }

  /** The name of the next value in an object. */
  public JsonWriter name(String name) {
    separate();
    quote(name);
    out.append(':');
    first = true;
    return this;
  }

  /** A string, or null. */
  public JsonWriter value(@Nullable String text) {
    separate();
    if (text == null) {
      out.append("null");
    } else {
      quote(text);
    }
    return this;
  }

  /** A number, or null. Numbers that JSON does not have become null. */
  public JsonWriter value(@Nullable Number number) {
    separate();
    boolean finite = number != null && Double.isFinite(number.doubleValue());
    out.append(finite ? String.valueOf(number) : "null");
    return this;
  }

  public JsonWriter value(boolean truth) {
    separate();
    out.append(truth);
    return this;
  }

  /** A field with a string or null. */
  public JsonWriter field(String name, @Nullable String text) {
    return name(name).value(text);
  }

  /** A field with a number or null. */
  public JsonWriter field(String name, @Nullable Number number) {
    return name(name).value(number);
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private void separate() {
    if (!first) {
      out.append(',');
    }
    first = false;
  }

  private void quote(String text) {
    out.append('"');
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isEscaped(c)) {
        out.append(text, written, i);
        escape(c);
        written = i + 1;
      }
    }
    out.append(text, written, text.length()).append('"');
  }

  private static boolean isEscaped(char c) {
    return c < 0x20
        || c == '"'
        || c == '\\'
        || (c >= 0x7F && c < 0xA0)
        || c == 0x2028
        || c == 0x2029;
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> out.append("\\u%04x".formatted((int) c));
    }
  }
}
