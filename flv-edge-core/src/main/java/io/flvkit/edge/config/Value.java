package io.flvkit.edge.config;

import io.flvkit.edge.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** One node of the file with its key path. Reads itself as what is expected, or notes a mistake. */
final class Value {
  private final Node node;
  private final String key;
  private final Mistakes mistakes;

  Value(Node node, String key, Mistakes mistakes) {
    this.node = node;
    this.key = key;
    this.mistakes = mistakes;
    mistakes.locate(key, node.getStartMark().getLine() + 1);
  }

  String key() {
    return key;
  }

  boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  void refuse(String message) {
    mistakes.add(key, message);
  }

  /** The scalar as text, or null after noting that it is none. */
  @Nullable String text() {
    if (node instanceof ScalarNode scalar && !isNull()) {
      return scalar.getValue();
    }
    refuse("must be a single value, not " + kind());
    return null;
  }

  /** The scalar read by {@code parser}, or null after noting why not. */
  <T> @Nullable T parsed(Function<String, T> parser) {
    String text = text();
    if (text == null) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (ConfigException e) {
      e.mistakes().forEach(mistake -> refuse(mistake.message()));
    } catch (IllegalArgumentException e) {
      refuse(messageOf(e));
    }
    return null;
  }

  /** The elements of a list, or none after noting that it is no list. */
  List<Value> items() {
    if (!(node instanceof SequenceNode sequence)) {
      refuse("must be a list, not " + kind());
      return List.of();
    }
    List<Value> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new Value(item, key + "[" + items.size() + "]", mistakes));
    }
    return items;
  }

  /** The elements of a list; what is no list is its own only element. */
  List<Value> itemsOrOne() {
    return node instanceof SequenceNode ? items() : List.of(this);
  }

  /** The mapping, or an empty one after noting that it is none. */
  Section section() {
    if (node instanceof MappingNode mapping) {
      return new Section(mapping, key, mistakes);
    }
    refuse("must be a mapping of keys and values, not " + kind());
    return Section.empty(key, mistakes);
  }

  static String messageOf(IllegalArgumentException refusal) {
    return refusal.getMessage() == null ? "cannot be read" : refusal.getMessage();
  }

  private String kind() {
    if (isNull()) {
      return "nothing";
    }
    return node instanceof ScalarNode
        ? "a single value"
        : node instanceof SequenceNode ? "a list" : "a mapping";
  }
}
