package io.flvkit.edge.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query of a request: parameters in their order, repeated ones kept. Immutable. */
public final class Query {
  private static final Query EMPTY = new Query("", List.of());
  private static final int PARAMETERS_MAX = 100;

  private final String raw;
  private final List<Parameter> parameters;

  private Query(String raw, List<Parameter> parameters) {
    this.raw = raw;
    this.parameters = parameters;
  }

  private record Parameter(String name, String value) {}

  /**
   * Reads what follows the question mark; null means that there was none.
   *
   * @throws BadRequestException if an escape is broken or there are over 100 parameters
   */
  public static Query parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return EMPTY;
    }
    List<Parameter> parameters = new ArrayList<>();
    for (String pair : raw.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (parameters.size() == PARAMETERS_MAX) {
        throw new BadRequestException("more than " + PARAMETERS_MAX + " query parameters");
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      parameters.add(
          new Parameter(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
    }
    return new Query(raw, List.copyOf(parameters));
  }

  private static String decode(String escaped) {
    try {
      return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("broken escape in the query", e);
    }
  }

  /** The query as it came, without the question mark; empty if there was none. */
  public String raw() {
    return raw;
  }

  /** All values of a parameter, decoded, in order. */
  public List<String> all(String name) {
    return parameters.stream().filter(p -> p.name.equals(name)).map(Parameter::value).toList();
  }

  @Override
  public String toString() {
    return raw;
  }
}
