package io.flvkit.edge;

/**
 * One thing that is wrong with a configuration.
 *
 * @param key where, as a path of keys such as {@code live[0].origins[1].url}; empty: the whole
 * @param line the line of the file, from 1; 0: unknown
 * @param message what is wrong, without secrets
 */
public record ConfigMistake(String key, int line, String message) {

  /** One line for the operator: {@code key: message (line 12)}. */
  @Override
  public String toString() {
    return (key.isEmpty() ? "" : key + ": ") + message + (line > 0 ? " (line " + line + ")" : "");
  }
}
