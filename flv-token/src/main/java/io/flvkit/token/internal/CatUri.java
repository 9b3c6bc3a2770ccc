package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flvkit.token.Link;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claim {@code catu} (CTA-5007): which parts of a URI have to match what. A part or a way of
 * matching that is not known matches nothing.
 */
final class CatUri {
  static final long PATH = 3;
  static final long EXACT = 0;
  static final long PREFIX = 1;
  static final long REGEX = 4;

  private CatUri() {}

  /** Returns whether every part of {@code claim} matches {@code link}, which carries no token. */
  static boolean matches(Object claim, Link link) {
    if (!(claim instanceof Map<?, ?> parts)) {
      return false;
    }
    return parts.entrySet().stream()
        .allMatch(
            part ->
                part.getKey() instanceof Long label
                    && part.getValue() instanceof Map<?, ?> matches
                    && allMatch(matches, part(label, link)));
  }

  private static boolean allMatch(Map<?, ?> matches, @Nullable String value) {
    return value != null
        && !matches.isEmpty()
        && matches.entrySet().stream()
            .allMatch(
                match ->
                    match.getKey() instanceof Long how && matches(how, match.getValue(), value));
  }

  private static boolean matches(long how, Object expected, String value) {
    if (how == REGEX) {
      return expected instanceof List<?> list
          && list.size() == 1
          && list.get(0) instanceof String expression
          && BoundedMatch.finds(expression, value);
    }
    if (expected instanceof byte[] hash) {
      return isHash(how, hash, value);
    }
    return expected instanceof String text
        && switch (small(how)) {
          case 0 -> value.equals(text);
          case 1 -> value.startsWith(text);
          case 2 -> value.endsWith(text);
          case 3 -> value.contains(text);
          default -> false;
        };
  }

  private static int small(long label) {
    return label < 0 || label > 8 ? -1 : (int) label;
  }

  private static boolean isHash(long how, byte[] hash, String value) {
    String algorithm = how == -1 ? "SHA-256" : how == -2 ? "SHA-512/256" : null;
    return algorithm != null && Arrays.equals(hash, Digest.of(algorithm, value.getBytes(UTF_8)));
  }

  /** A part of the URI by its label; null if the link has none. */
  private static @Nullable String part(long label, Link link) {
    String path = link.path().encoded();
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.indexOf('.');
    return switch (small(label)) {
      case 0, 1, 2 -> ofOrigin(label, link.origin());
      case 3 -> path;
      case 4 -> link.query();
      case 5 -> path.substring(0, path.lastIndexOf('/'));
      case 6 -> file;
      case 7 -> dot < 0 ? file : file.substring(0, dot);
      case 8 -> dot < 0 ? "" : file.substring(dot);
      default -> null;
    };
  }

  private static @Nullable String ofOrigin(long label, String origin) {
    URI uri;
    try {
      uri = URI.create(origin + "/");
    } catch (IllegalArgumentException e) {
      return null;
    }
    return label == 0
        ? uri.getScheme()
        : label == 1 ? uri.getHost() : uri.getPort() < 0 ? "" : Integer.toString(uri.getPort());
  }
}
