package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;

/**
 * Text with names in braces, such as <code>{key}{path}{time}</code>, taken apart.
 *
 * @param text as written
 * @param parts literals and names in order
 */
record Template(String text, List<Part> parts) {

  /** A name in braces, or the literal text between names. */
  record Part(String text, boolean isName) {
    byte[] literal() {
      return text.getBytes(US_ASCII);
    }
  }

  static Template of(String text) {
    List<Part> parts = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      boolean isName = text.charAt(at) == '{';
      int end = text.indexOf(isName ? '}' : '{', at);
      if (end < 0) {
        end = text.length();
      }
      parts.add(new Part(text.substring(isName ? at + 1 : at, end), isName));
      at = isName ? end + 1 : end;
    }
    return new Template(text, List.copyOf(parts));
  }

  List<String> names() {
    return parts.stream().filter(Part::isName).map(Part::text).toList();
  }
}
