package io.flvkit.examples.cli;

import io.flvkit.edge.ConfigException;
import io.flvkit.edge.Edge;
import io.flvkit.edge.config.ConfigFile;
import java.io.PrintWriter;
import java.nio.file.Path;

/** What SIGHUP does: reads the configuration anew. A bad file changes nothing and says why. */
record EdgeReload(Edge edge, Path file, PrintWriter err) implements Runnable {
  private static final String NAME = "flvkit edge: ";

  @Override
  public void run() {
    try {
      edge.reload(ConfigFile.read(file)).forEach(line -> err.println(NAME + line));
      err.println(NAME + "reloaded " + file);
    } catch (ConfigException e) {
      e.mistakes().forEach(mistake -> err.println(NAME + mistake));
      err.println(NAME + "not reloaded, " + file + " has mistakes");
    }
  }
}
