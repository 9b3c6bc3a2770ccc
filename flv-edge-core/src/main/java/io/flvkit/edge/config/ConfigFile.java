package io.flvkit.edge.config;

import io.flvkit.edge.ConfigException;
import io.flvkit.edge.ConfigMistake;
import io.flvkit.edge.EdgeConfig;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** The YAML file of an edge. */
public final class ConfigFile {
  /** The largest file read, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_DEPTH = 20;
  private static final int MAX_ALIASES = 50;

  private ConfigFile() {}

  /**
   * Reads and checks a file, and the secret files that it names; relative paths start at its
   * folder. Blocks. Throws {@link ConfigException} with everything that is wrong.
   */
  public static EdgeConfig read(Path file) {
    return read(file, System::getenv);
  }

  static EdgeConfig read(Path file, UnaryOperator<@Nullable String> environment) {
    Node root = compose(text(file));
    Mistakes mistakes = new Mistakes();
    Section section =
        root == null ? Section.empty("", mistakes) : new Value(root, "", mistakes).section();
    EdgeConfig config = new EdgeReader(new Surroundings(file, environment)).read(section);
    mistakes.throwIfAny();
    return config;
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw broken(0, file + " is larger than " + MAX_BYTES + " bytes");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw broken(0, file + " does not exist");
    } catch (CharacterCodingException e) {
      throw broken(0, file + " is not UTF-8");
    } catch (IOException e) {
      throw broken(0, file + " cannot be read: " + Surroundings.why(e));
    }
  }

  /** The tree of the file; null: it is empty. */
  private static @Nullable Node compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    try {
      return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw broken(line, "is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw broken(
          0, "is not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static ConfigException broken(int line, String message) {
    return new ConfigException(List.of(new ConfigMistake("", line, message)));
  }
}
