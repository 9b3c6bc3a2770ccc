package io.flvkit.edge.config;

import io.flvkit.edge.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A mapping of the file. Remembers which keys were asked for: at {@link #done} the others are
 * unknown. A key whose value is null is as if absent, unless {@link #isNull} is asked.
 */
final class Section {
  private final String key;
  private final Mistakes mistakes;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  private Section(String key, Mistakes mistakes) {
    this.key = key;
    this.mistakes = mistakes;
  }

  Section(MappingNode node, String key, Mistakes mistakes) {
    this(key, mistakes);
    for (NodeTuple entry : node.getValue()) {
      int line = entry.getKeyNode().getStartMark().getLine() + 1;
      if (!(entry.getKeyNode() instanceof ScalarNode name)) {
        mistakes.locate(key, line);
        mistakes.add(key, "must have plain keys");
        continue;
      }
      mistakes.locate(path(name.getValue()), line);
      Value value = new Value(entry.getValueNode(), path(name.getValue()), mistakes);
      if (values.put(name.getValue(), value) != null) {
        mistakes.add(path(name.getValue()), "is given twice");
      }
    }
  }

  static Section empty(String key, Mistakes mistakes) {
    return new Section(key, mistakes);
  }

  String path(String name) {
    return key.isEmpty() ? name : key + "." + name;
  }

  /** Every key of a mapping that may have any, such as header fields, with its text. */
  Map<String, String> texts() {
    known.addAll(values.keySet());
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          String text = value.text();
          if (text != null) {
            texts.put(name, text);
          }
        });
    return texts;
  }

  Optional<Value> value(String name) {
    known.add(name);
    Value value = values.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  /** Whether the key is there, with the value null. */
  boolean isNull(String name) {
    known.add(name);
    Value value = values.get(name);
    return value != null && value.isNull();
  }

  /**
   * If the key is there and can be read, hands its value to {@code setter}, which may refuse it.
   */
  <T> void set(String name, Function<String, T> parser, Consumer<T> setter) {
    value(name)
        .ifPresent(
            given ->
                given.parsed(
                    text -> {
                      setter.accept(parser.apply(text));
                      return text;
                    }));
  }

  /** The value of the key; the fallback if it is absent or cannot be read, which is then noted. */
  <T> T read(String name, Function<String, T> parser, T fallback) {
    T value = value(name).map(given -> given.parsed(parser)).orElse(null);
    return value == null ? fallback : value;
  }

  /** The value of a key that must be there; the stand-in after noting that it is not. */
  <T> T required(String name, Function<String, T> parser, T standIn) {
    return has(name) ? read(name, parser, standIn) : standIn;
  }

  /** Whether a key that must be there is; notes it if not. */
  boolean has(String name) {
    boolean there = value(name).isPresent();
    if (!there) {
      refuse(name, "is missing");
    }
    return there;
  }

  /** The list of the key, empty if absent; elements that cannot be read are noted and left out. */
  <T> List<T> list(String name, Function<String, T> parser) {
    List<T> list = new ArrayList<>();
    for (Value item : items(name)) {
      T element = item.parsed(parser);
      if (element != null) {
        list.add(element);
      }
    }
    return list;
  }

  /** The elements of the key's list, none if absent. */
  List<Value> items(String name) {
    return value(name).map(Value::items).orElse(List.of());
  }

  /** The mapping of the key, if it is there. */
  Optional<Section> section(String name) {
    return value(name).map(Value::section);
  }

  void refuse(String name, String message) {
    mistakes.add(path(name), message);
  }

  /** Makes a value of several keys; the stand-in after noting what it refused. */
  <T> T make(Supplier<T> maker, T standIn) {
    try {
      return maker.get();
    } catch (ConfigException e) {
      mistakes.addAll(key, e);
    } catch (IllegalArgumentException e) {
      mistakes.add(key, Value.messageOf(e));
    }
    return standIn;
  }

  /** Notes every key that nobody asked for. */
  void done() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        refuse(
            name,
            NearestWord.to(name, known)
                .map(nearest -> "unknown key; the nearest known key is " + nearest)
                .orElse("unknown key"));
      }
    }
  }
}
