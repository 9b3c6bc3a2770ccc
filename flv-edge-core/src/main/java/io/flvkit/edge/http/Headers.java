package io.flvkit.edge.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Header fields in their order; names compare without case. Immutable. */
public final class Headers {
  private static final Headers EMPTY = new Headers(List.of());

  private final List<Field> fields;

  private Headers(List<Field> fields) {
    this.fields = fields;
  }

  private record Field(String name, String value) {}

  /** No fields. */
  public static Headers empty() {
    return EMPTY;
  }

  /** The fields given as name, value, name, value. */
  public static Headers of(String... namesAndValues) {
    Builder builder = builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The first value of the field, or null. */
  public @Nullable String first(String name) {
    for (Field field : fields) {
      if (field.name.equalsIgnoreCase(name)) {
        return field.value;
      }
    }
    return null;
  }

  /** All values of the field, in order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (Field field : fields) {
      if (field.name.equalsIgnoreCase(name)) {
        values.add(field.value);
      }
    }
    return values;
  }

  public void forEach(BiConsumer<String, String> action) {
    fields.forEach(field -> action.accept(field.name, field.value));
  }

  /** A copy with more fields behind these. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.fields.addAll(fields);
    return builder;
  }

  @Override
  public String toString() {
    return fields.toString();
  }

  /** Collects fields. A value with CR, LF or NUL is refused: nothing may inject a header. */
  public static final class Builder {
    private final List<Field> fields = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a field.
     *
     * @throws IllegalArgumentException if the value holds a CR, LF or NUL
     */
    public Builder add(String name, String value) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '\r' || c == '\n' || c == 0) {
          throw new IllegalArgumentException("control character in the value of " + name);
        }
      }
      fields.add(new Field(name, value));
      return this;
    }

    /** Replaces all fields of that name by one. */
    public Builder set(String name, String value) {
      fields.removeIf(field -> field.name.equalsIgnoreCase(name));
      return add(name, value);
    }

    /** Takes all fields of that name out. */
    public Builder remove(String name) {
      fields.removeIf(field -> field.name.equalsIgnoreCase(name));
      return this;
    }

    public Headers build() {
      return fields.isEmpty() ? EMPTY : new Headers(List.copyOf(fields));
    }
  }
}
