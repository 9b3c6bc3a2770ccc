package io.flvkit.edge.config;

import io.flvkit.edge.ConfigException;
import io.flvkit.edge.ConfigMistake;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with a file, and knows which line each key path stands on. */
final class Mistakes {
  /** More would only hide the first ones. */
  private static final int MAX = 100;

  private final List<ConfigMistake> found = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();

  /** Remembers that {@code key} stands on {@code line}, from 1. */
  void locate(String key, int line) {
    lines.putIfAbsent(key, line);
  }

  void add(String key, String message) {
    if (found.size() < MAX) {
      found.add(new ConfigMistake(key, lineOf(key), message));
    }
  }

  /** Takes over what a configuration record refused; its keys are relative to {@code key}. */
  void addAll(String key, ConfigException refused) {
    for (ConfigMistake mistake : refused.mistakes()) {
      add(key.isEmpty() ? mistake.key() : key + "." + mistake.key(), mistake.message());
    }
  }

  /** Throws if anything was noted, in the order of the file. */
  void throwIfAny() {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(ConfigMistake::line));
      throw new ConfigException(found);
    }
  }

  /** The line of the key, or of the nearest key around it. */
  private int lineOf(String key) {
    String at = key;
    while (!at.isEmpty()) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return 0;
  }
}
