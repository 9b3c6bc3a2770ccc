package io.flvkit.bench.macro.load;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A record of numbers as one line of JSON, and back. */
public final class FlatRecord {
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(-?[0-9.]+)");

  private FlatRecord() {}

  /** The line; figures that are not whole with three decimals. */
  public static String line(Record numbers) {
    return values(numbers).entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\":" + text(field.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** The record of a line; every component has to be there. */
  public static <R extends Record> R parse(Class<R> type, String line) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher matcher = FIELD.matcher(line);
    while (matcher.find()) {
      fields.put(matcher.group(1), matcher.group(2));
    }
    Object[] arguments =
        Arrays.stream(type.getRecordComponents())
            .map(component -> number(component, fields))
            .toArray();
    try {
      return constructor(type).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  /** The numbers of a record by name, in its order. */
  public static Map<String, Number> values(Record numbers) {
    Map<String, Number> values = new LinkedHashMap<>();
    for (RecordComponent component : numbers.getClass().getRecordComponents()) {
      try {
        values.put(component.getName(), (Number) component.getAccessor().invoke(numbers));
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(component.getName(), e);
      }
    }
    return values;
  }

  private static String text(Number value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.3f", number)
        : value.toString();
  }

  private static Object number(RecordComponent component, Map<String, String> fields) {
    String text = fields.get(component.getName());
    if (text == null) {
      throw new IllegalArgumentException("no " + component.getName());
    }
    if (component.getType() == double.class) {
      return Double.parseDouble(text);
    }
    return Long.parseLong(text);
  }

  private static <R extends Record> Constructor<R> constructor(Class<R> type)
      throws NoSuchMethodException {
    return type.getDeclaredConstructor(
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new));
  }
}
