package io.flvkit.edge.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes parameters that carry secrets out of queries, however their names are percent-encoded and
 * in whatever case of letters. Immutable.
 */
public final class Redaction {
  private final Set<String> secretParameters;

  /** Takes out the parameters of these names. */
  public Redaction(Set<String> secretParameters) {
    this.secretParameters =
        secretParameters.stream().map(Redaction::folded).collect(Collectors.toUnmodifiableSet());
  }

  /** The raw query without secret parameters; null if there is none or nothing is left. */
  public @Nullable String query(@Nullable String rawQuery) {
    if (rawQuery == null || rawQuery.isEmpty()) {
      return null;
    }
    StringBuilder kept = new StringBuilder(rawQuery.length());
    int start = 0;
    while (start <= rawQuery.length()) {
      int end = rawQuery.indexOf('&', start);
      end = end < 0 ? rawQuery.length() : end;
      if (!isSecret(rawQuery.substring(start, end))) {
        kept.append(kept.isEmpty() ? "" : "&").append(rawQuery, start, end);
      }
      start = end + 1;
    }
    return kept.isEmpty() ? null : kept.toString();
  }

  /** A URL, such as a referer, without secret parameters and without its fragment. */
  public @Nullable String url(@Nullable String url) {
    if (url == null) {
      return null;
    }
    int hash = url.indexOf('#');
    String plain = hash < 0 ? url : url.substring(0, hash);
    int mark = plain.indexOf('?');
    if (mark < 0) {
      return plain;
    }
    String query = query(plain.substring(mark + 1));
    return plain.substring(0, mark) + (query == null ? "" : "?" + query);
  }

  private boolean isSecret(String parameter) {
    int equals = parameter.indexOf('=');
    return secretParameters.contains(
        folded(decoded(equals < 0 ? parameter : parameter.substring(0, equals))));
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Decodes every escape that is one; a name that is broken elsewhere may still be a secret's. */
  private static String decoded(String name) {
    if (name.indexOf('%') < 0) {
      return name;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(name.length());
    byte[] raw = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      int high = i + 2 < raw.length && raw[i] == '%' ? Character.digit(raw[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
      if (low < 0) {
        bytes.write(raw[i]);
      } else {
        bytes.write(high * 16 + low);
        i += 2;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
