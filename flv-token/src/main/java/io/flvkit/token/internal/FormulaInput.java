package io.flvkit.token.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flvkit.token.CanonicalPath;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes what a formula hashes into the workspace. */
final class FormulaInput {
  private enum Kind {
    LITERAL,
    KEY,
    PATH,
    RAW_PATH,
    APP,
    STREAM,
    IP,
    TIME,
    FIELD
  }

  private final List<String> names;
  private final Kind[] kinds;
  private final byte[][] literals;
  private final int[] fields;

  FormulaInput(Template template, List<String> slots) {
    int count = template.parts().size();
    this.names = template.names();
    this.kinds = new Kind[count];
    this.literals = new byte[count][];
    this.fields = new int[count];
    for (int i = 0; i < count; i++) {
      Template.Part part = template.parts().get(i);
      kinds[i] = part.isName() ? kind(part.text()) : Kind.LITERAL;
      literals[i] = part.literal();
      fields[i] = slots.indexOf(part.text());
    }
  }

  private static Kind kind(String name) {
    return switch (name) {
      case "key" -> Kind.KEY;
      case "path" -> Kind.PATH;
      case "rawpath" -> Kind.RAW_PATH;
      case "app" -> Kind.APP;
      case "stream" -> Kind.STREAM;
      case "ip" -> Kind.IP;
      case "time" -> Kind.TIME;
      default -> Kind.FIELD;
    };
  }

  /** Returns the names of what is hashed as the link has it. */
  Set<String> fields() {
    return names.stream()
        .filter(name -> kind(name) == Kind.FIELD || kind(name) == Kind.TIME)
        .collect(Collectors.toSet());
  }

  boolean usesPath() {
    return uses(Kind.PATH) || uses(Kind.RAW_PATH);
  }

  boolean usesStream() {
    return uses(Kind.STREAM);
  }

  boolean usesIp() {
    return uses(Kind.IP);
  }

  private boolean uses(Kind kind) {
    return Arrays.asList(kinds).contains(kind);
  }

  /** Fields are in the workspace's text; {@code ip} is empty for an unbound link. */
  void write(Resource resource, byte[] ip, Key key, Workspace workspace) {
    for (int i = 0; i < kinds.length; i++) {
      switch (kinds[i]) {
        case LITERAL -> workspace.add(literals[i]);
        case KEY -> workspace.add(key.secret());
        case PATH -> resource.addDecoded(workspace);
        case RAW_PATH -> resource.addEncoded(workspace);
        case APP -> workspace.add(app(resource.path()).getBytes(UTF_8));
        case STREAM -> workspace.add(stream(resource.path()).getBytes(UTF_8));
        case IP -> workspace.add(ip);
        // Its digits have been read.
        case TIME ->
            workspace.addAscii(workspace.starts[Formula.TIME], workspace.ends[Formula.TIME]);
        default -> workspace.addText(workspace.starts[fields[i]], workspace.ends[fields[i]]);
      }
    }
  }

  /** {@code live} of {@code /live/a.flv}; all directories if there are several. */
  private static String app(CanonicalPath path) {
    String directory = path.directory().decoded();
    return directory.length() == 1 ? "" : directory.substring(1, directory.length() - 1);
  }

  /** {@code a} of {@code /live/a.flv}. */
  static String stream(CanonicalPath path) {
    String name = path.fileName();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}
