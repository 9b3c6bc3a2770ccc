package io.flvkit.token.internal;

import io.flvkit.token.Link;
import io.flvkit.token.Scope;
import io.flvkit.token.Verdict.Reason;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields in the query: <code>md5={token}&amp;expires={time}</code> or several in one parameter. */
final class QueryCarriage implements Carriage {
  private final char[][] names;
  private final Parameter[] parameters;

  /** One parameter: the slots of the fields in its value, with {@code separator} between them. */
  private static final class Parameter {
    final String name;
    final int[] slots;
    final char separator;
    final boolean optional;

    Parameter(String pattern, List<String> fields) {
      int equals = pattern.indexOf('=');
      Template value = Template.of(pattern.substring(equals + 1));
      this.name = pattern.substring(0, equals);
      this.slots = value.names().stream().mapToInt(fields::indexOf).toArray();
      this.separator = slots.length > 1 ? value.parts().get(1).text().charAt(0) : '-';
      this.optional = slots.length == 1 && slots[0] > Formula.TIME;
    }
  }

  QueryCarriage(List<String> patterns, List<String> slots) {
    this.parameters =
        patterns.stream().map(pattern -> new Parameter(pattern, slots)).toArray(Parameter[]::new);
    this.names =
        Arrays.stream(parameters)
            .map(parameter -> parameter.name.toCharArray())
            .toArray(char[][]::new);
  }

  @Override
  public Set<String> parameters() {
    Set<String> parameterNames = new LinkedHashSet<>();
    for (Parameter parameter : parameters) {
      parameterNames.add(parameter.name);
    }
    return parameterNames;
  }

  @Override
  public @Nullable Reason locate(Link link, Workspace workspace) {
    String text = link.written();
    Query.find(workspace.read(text), link.queryStart(), text.length(), names, workspace.found);
    for (int i = 0; i < names.length; i++) {
      Parameter parameter = parameters[i];
      long found = workspace.found[i];
      if (found == Query.TWICE) {
        return Reason.MALFORMED;
      }
      if (found == Query.ABSENT && !parameter.optional) {
        return Reason.MISSING;
      }
      int start = found == Query.ABSENT ? 0 : Query.start(found);
      int end = found == Query.ABSENT ? 0 : Query.end(found);
      if (!split(text, start, end, parameter, workspace)) {
        return Reason.MALFORMED;
      }
    }
    return null;
  }

  private static boolean split(
      String text, int start, int end, Parameter parameter, Workspace workspace) {
    int last = parameter.slots.length - 1;
    int from = start;
    for (int i = 0; i <= last; i++) {
      int separator = i == last ? end : text.indexOf(parameter.separator, from);
      if (separator < 0 || separator > end) {
        return false;
      }
      workspace.starts[parameter.slots[i]] = from;
      workspace.ends[parameter.slots[i]] = separator;
      from = separator + 1;
    }
    return true;
  }

  @Override
  public Resource resource(Link link, Scope scope) {
    return Resource.inText(link, scope);
  }

  @Override
  public Link put(Link link, List<String> values) {
    String query = link.query();
    for (Parameter parameter : parameters) {
      List<String> parts = Arrays.stream(parameter.slots).mapToObj(values::get).toList();
      String value = String.join(String.valueOf(parameter.separator), parts);
      if (!parameter.optional || !value.isEmpty()) {
        query = Query.with(query, parameter.name + "=" + value);
      }
    }
    return link.with(link.path(), query);
  }

  @Override
  public Link without(Link link) {
    return link.with(link.path(), Query.without(link.query(), parameters()));
  }
}
