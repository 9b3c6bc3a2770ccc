package io.flvkit.token.internal;

import io.flvkit.token.BadPathException;
import io.flvkit.token.CanonicalPath;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The decoded parameters of a query that Bunny signs: all but token and expiry, sorted by name. */
final class BunnyParameters {
  static final String PATH = "token_path";
  static final Set<String> FIELDS =
      Set.of(PATH, "token_countries", "token_countries_blocked", "token_ignore_params", "limit");
  static final Set<String> NAMES =
      Set.of(
          "token",
          "expires",
          PATH,
          "token_countries",
          "token_countries_blocked",
          "token_ignore_params",
          "limit");

  private final Map<String, String> values;

  private BunnyParameters(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Returns null if a name stands twice or a decoded {@code &} or {@code =} would let one parameter
   * pass for two others under the same signature.
   */
  static @Nullable BunnyParameters read(String query) {
    Map<String, String> values = new TreeMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = Percent.decode(equals < 0 ? parameter : parameter.substring(0, equals), true);
      String value = equals < 0 ? "" : Percent.decode(parameter.substring(equals + 1), true);
      if (name == null
          || value == null
          || name.indexOf('&') >= 0
          || name.indexOf('=') >= 0
          || value.indexOf('&') >= 0) {
        return null;
      }
      if (!name.isEmpty() && values.put(name, value) != null) {
        return null;
      }
    }
    values
        .keySet()
        .removeIf(name -> name.equalsIgnoreCase("token") || name.equalsIgnoreCase("expires"));
    if ("true".equals(values.get("token_ignore_params"))) {
      values.keySet().retainAll(FIELDS);
    }
    return new BunnyParameters(values);
  }

  /** Returns {@code a=1&b=2}. */
  String signed() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) ->
            text.append(text.length() == 0 ? "" : "&").append(name).append('=').append(value));
    return text.toString();
  }

  /** Returns the path below which everything is opened, or null. */
  @Nullable String path() {
    return values.get(PATH);
  }

  boolean namesCountries() {
    return values.containsKey("token_countries") || values.containsKey("token_countries_blocked");
  }

  boolean opens(CanonicalPath asked) {
    String tree = path();
    if (tree == null) {
      return true;
    }
    try {
      return asked.startsWith(CanonicalPath.ofDecoded(tree));
    } catch (BadPathException e) {
      return false;
    }
  }
}
