package io.flvkit.edge;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used. Carries everything that is wrong with it, not only one. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigMistake> mistakes;

  public ConfigException(List<ConfigMistake> mistakes) {
    super(mistakes.stream().map(ConfigMistake::toString).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  /** At least one mistake, in the order of the file. */
  public List<ConfigMistake> mistakes() {
    return mistakes;
  }
}
